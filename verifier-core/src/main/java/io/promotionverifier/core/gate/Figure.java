package io.promotionverifier.core.gate;

import java.time.Duration;

/** What was observed, or is required: a number with its unit, or words. */
public sealed interface Figure {
    /**
     * A share of something.
     *
     * @param value from 0 to 1
     */
    record Share(double value) implements Figure {}

    /**
     * A time span.
     *
     * @param value how long
     */
    record Span(Duration value) implements Figure {}

    /**
     * A number of things.
     *
     * @param value how many
     */
    record Count(long value) implements Figure {}

    /**
     * What is no number.
     *
     * @param value a name or a short list
     */
    record Words(String value) implements Figure {}
}
