package io.promotionverifier.core.compare;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.promotion.LatencyPolicy;
import io.promotionverifier.core.promotion.MismatchRatePolicy;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.promotion.SessionRules;
import io.promotionverifier.core.promotion.Waiver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Promotions to test with. */
final class Promotions {
    private static final Promotion.Policy POLICY = new Promotion.Policy(
            Duration.ofDays(30),
            Duration.ofSeconds(30),
            new SessionRules(17, Optional.empty()),
            new MismatchRatePolicy(0.001, MismatchRatePolicy.Mode.STRICT, 0.01, 2995, Duration.ofHours(24)),
            new LatencyPolicy(
                    Duration.ofSeconds(2), Duration.ofMinutes(15), 100, Optional.empty(), OptionalDouble.empty()));

    private Promotions() {}

    static Promotion of(Phase phase, ColumnType type) {
        return of(phase, type, Promotion.Domain.ALL, List.of());
    }

    /** A promotion of {@code small}, {@code big} and nothing else. */
    static Promotion withDomain(Phase phase, ColumnType type, boolean othersStayNull, String... allowed) {
        return of(phase, type, new Promotion.Domain(Optional.of(Set.of(allowed)), othersStayNull), List.of());
    }

    static Promotion of(Phase phase, ColumnType type, Promotion.Domain domain, List<Waiver> waivers) {
        return new Promotion(
                new PromotionId("P-1"),
                new TableName("public", "cases"),
                new DocumentPath("metadata", List.of("size")),
                "size",
                type,
                phase,
                Optional.empty(),
                "",
                domain,
                Optional.of(new Promotion.Reference(new TableName("public", "sizes"))),
                waivers,
                POLICY);
    }
}
