package io.promotionverifier.kafka.json;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How far the verifier is behind the source, as observed from outside the core.
 *
 * @param bytes the watermark behind the end of the server's log; absent while unknown
 * @param seconds stream time behind the server's clock; absent while unknown
 */
public record Lag(OptionalLong bytes, OptionalDouble seconds) {
    /** Not observed yet. */
    public static final Lag UNKNOWN = new Lag(OptionalLong.empty(), OptionalDouble.empty());
}
