package io.promotionverifier.benchmarks.inner;

import io.promotionverifier.core.change.ColumnValue;
import io.promotionverifier.core.change.DocumentValue;
import io.promotionverifier.core.change.DocumentValue.Shape;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.promotion.LatencyPolicy;
import io.promotionverifier.core.promotion.MismatchRatePolicy;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.promotion.SessionRules;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Promotions and rows as the inner loops meet them. */
final class Samples {
    static final TableName TABLE = new TableName("public", "cases");

    private Samples() {}

    static Promotion promotion(ColumnType type) {
        MismatchRatePolicy rate =
                new MismatchRatePolicy(0.001, MismatchRatePolicy.Mode.SEQUENTIAL, 0.01, 2_995, Duration.ofHours(24));
        LatencyPolicy latency = new LatencyPolicy(
                Duration.ofSeconds(2), Duration.ofMinutes(15), 100, Optional.empty(), OptionalDouble.empty());
        return new Promotion(
                new PromotionId("P"),
                TABLE,
                new DocumentPath("metadata", List.of("value")),
                "value",
                type,
                Phase.B,
                Optional.empty(),
                "bench",
                Promotion.Domain.ALL,
                Optional.empty(),
                List.of(),
                new Promotion.Policy(
                        Duration.ofDays(30),
                        Duration.ofSeconds(30),
                        new SessionRules(17, Optional.of(ZoneOffset.UTC)),
                        rate,
                        latency));
    }

    /** A row whose sides agree, the document a JSON string. */
    static Reading agreeing(String text) {
        return new Reading(new ColumnValue.Present(text), new DocumentValue.Present(Shape.STRING, text));
    }
}
