package io.promotionverifier.core.compare.datetime;

/** What a text is as a timestamp with time zone. */
public sealed interface DateTimeResult {
    /**
     * An instant.
     *
     * @param micros microseconds since 2000-01-01 00:00 UTC, as PostgreSQL counts them: counted from 1970, the last
     *     years would not fit 64 bits
     */
    record At(long micros) implements DateTimeResult {}

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
