package io.promotionverifier.core.compare.datetime;

/** What a text is as an interval. */
public sealed interface IntervalResult {
    /**
     * A span of time in the three parts that PostgreSQL keeps apart.
     *
     * @param months months, twelve for each year
     * @param days days
     * @param micros microseconds
     */
    record Span(int months, int days, long micros) implements IntervalResult {}

    /**
     * A span longer than all others; from PostgreSQL 17 on.
     *
     * @param positive true for {@code infinity}, false for {@code -infinity}
     */
    record Infinite(boolean positive) implements IntervalResult {}

    /** PostgreSQL refuses the text. */
    record Refused() implements IntervalResult {}

    /** The result depends on the session's IntervalStyle, or on the server's C library. */
    record Unsure() implements IntervalResult {}
}
