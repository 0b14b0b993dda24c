package io.promotionverifier.core.compare.datetime;

/** What a text is as a date, a time or both. */
public sealed interface DateTimeResult {
    /**
     * An instant, or a moment without zone.
     *
     * @param micros microseconds since 2000-01-01 00:00 UTC (or of the clock on the wall), as PostgreSQL counts them:
     *     counted from 1970, the last years would not fit 64 bits
     */
    record At(long micros) implements DateTimeResult {}

    /**
     * A calendar day.
     *
     * @param epochDay days since 1970-01-01
     */
    record Day(long epochDay) implements DateTimeResult {}

    /**
     * A time of day.
     *
     * @param micros microseconds since midnight, up to and including 24 hours
     * @param offsetSeconds seconds east of UTC; 0 for a time without zone
     */
    record TimeOfDay(long micros, int offsetSeconds) implements DateTimeResult {}

    /**
     * A moment beyond all others.
     *
     * @param positive true for {@code infinity}, false for {@code -infinity}
     */
    record Infinite(boolean positive) implements DateTimeResult {}

    /** PostgreSQL refuses the text. */
    record Refused() implements DateTimeResult {}

    /** The result depends on the session, the server's zone names, or now. */
    record Unsure() implements DateTimeResult {}
}
