package io.promotionverifier.postgres.motion;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.promotion.LatencyPolicy;
import io.promotionverifier.core.promotion.MismatchRatePolicy;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.promotion.SessionRules;
import io.promotionverifier.postgres.catalog.RequestedPromotion;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Promotions to be asked for, in phase B with 30 s of grace. */
final class Wanted {
    private Wanted() {}

    /** {@code metadata->>'priority'} to {@code priority} of a table in schema public; named like the table. */
    static RequestedPromotion in(String table) {
        return of(table, new TableName("public", table), "metadata", List.of("priority"), "priority");
    }

    static RequestedPromotion of(String id, TableName table, String document, List<String> path, String column) {
        return new RequestedPromotion(
                new PromotionId(id),
                table,
                new DocumentPath(document, path),
                column,
                Optional.empty(),
                Optional.empty());
    }

    /** The same where deleting a row of a parent clears the column. */
    static RequestedPromotion referencing(String table, String parent) {
        RequestedPromotion plain = in(table);
        return new RequestedPromotion(
                plain.id(),
                plain.table(),
                plain.from(),
                plain.to(),
                Optional.empty(),
                Optional.of(new TableName("public", parent)));
    }

    static Promotion resolved(RequestedPromotion asked, ColumnType type, int major) {
        MismatchRatePolicy never =
                new MismatchRatePolicy(0.999, MismatchRatePolicy.Mode.STRICT, 0.01, 1_000_000, Duration.ofHours(24));
        return new Promotion(
                asked.id(),
                asked.table(),
                asked.from(),
                asked.to(),
                type,
                Phase.B,
                Optional.empty(),
                "",
                Promotion.Domain.ALL,
                asked.references().map(Promotion.Reference::new),
                List.of(),
                new Promotion.Policy(
                        Duration.ofDays(30),
                        Duration.ofSeconds(30),
                        new SessionRules(major, Optional.of(ZoneOffset.UTC)),
                        never,
                        new LatencyPolicy(
                                Duration.ofSeconds(2),
                                Duration.ofMinutes(15),
                                100,
                                Optional.empty(),
                                OptionalDouble.empty())));
    }
}
