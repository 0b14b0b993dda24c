package io.promotionverifier.postgres;

import io.promotionverifier.core.promotion.LatencyPolicy;
import io.promotionverifier.core.promotion.MismatchRatePolicy;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.promotion.SessionRules;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/** A promotion's policy where a test does not care for it: the contract's defaults. */
public final class StandardPolicy {
    private StandardPolicy() {}

    /** The defaults with a session's rules. */
    public static Promotion.Policy of(SessionRules session) {
        return new Promotion.Policy(
                Duration.ofDays(30),
                Duration.ofSeconds(30),
                session,
                new MismatchRatePolicy(0.001, MismatchRatePolicy.Mode.SEQUENTIAL, 0.01, 2995, Duration.ofDays(1)),
                new LatencyPolicy(
                        Duration.ofSeconds(2), Duration.ofMinutes(15), 100, Optional.empty(), OptionalDouble.empty()));
    }
}
