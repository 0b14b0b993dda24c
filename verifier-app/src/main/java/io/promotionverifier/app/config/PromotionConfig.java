package io.promotionverifier.app.config;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.promotion.PromotionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One promotion as it is configured; the catalog completes it.
 *
 * @param id its name
 * @param table the table of both sides
 * @param from where the value lives in the document
 * @param target what it is promoted to
 * @param type the promoted column's type, to be checked against the catalog
 * @param domain which values are promoted
 * @param phase what the application does now
 * @param started when the verification window began
 * @param owner who answers for it; may be empty
 * @param references the parent table whose deletion clears the column
 * @param waivers declared exceptions
 * @param rationale why; may be empty
 * @param policy what it is judged by, merged with the defaults
 */
public record PromotionConfig(
        PromotionId id,
        TableName table,
        DocumentPath from,
        Target target,
        Optional<String> type,
        Promotion.Domain domain,
        Phase phase,
        Optional<Instant> started,
        String owner,
        Optional<Promotion.Reference> references,
        List<WaiverConfig> waivers,
        String rationale,
        PolicyConfig policy) {

    public PromotionConfig {
        waivers = List.copyOf(waivers);
    }

    /** What a document path is promoted to. */
    public sealed interface Target {
        /**
         * A typed column.
         *
         * @param name the column's name as the catalog holds it
         */
        record Column(String name) implements Target {}

        /** An index on the path: nothing to compare. */
        record Index() implements Target {}
    }
}
