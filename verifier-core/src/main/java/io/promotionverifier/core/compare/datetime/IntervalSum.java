package io.promotionverifier.core.compare.datetime;

/** Adds up the numbers of one interval as one generation of servers does it. Mutable, confined to one thread. */
interface IntervalSum {
    /** The sum of a server of this major version; {@code allNegative}: a leading minus counts for all numbers. */
    static IntervalSum of(int serverMajor, boolean allNegative) {
        return serverMajor >= 15 ? new WideIntervalSum(allNegative) : new OldIntervalSum(allNegative);
    }

    /** Adds a number of units; false beyond what an interval can hold. */
    boolean add(IntervalUnit unit, long whole, double fraction);

    /** Puts a time with colons in the place of any time so far; false beyond what an interval can hold. */
    boolean setTime(IntervalTime time, boolean negative);

    /** Ends a text of numbers and units. */
    void settle();

    /** Turns the sum round; false beyond what an interval can hold. */
    boolean negate();

    /** The sum: a span, refused or unsure. */
    IntervalResult result();
}
