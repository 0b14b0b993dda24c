package io.promotionverifier.kafka.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.pipeline.CoverageGap;
import io.promotionverifier.core.promotion.PromotionId;
import java.util.HashSet;
import java.util.Set;

/** A coverage gap. */
public final class GapJson {
    private GapJson() {}

    /** The gap as an object; an open one has no end yet, and one of all promotions names none. */
    public static ObjectNode of(CoverageGap gap) {
        ObjectNode node = Json.object().put("from", gap.from().toString());
        node.set("to", Json.orNull(gap.to()));
        node.put("reason", gap.reason());
        if (!gap.promotions().isEmpty()) {
            ArrayNode promotions = node.putArray("promotions");
            gap.promotions().stream().map(PromotionId::value).sorted().forEach(promotions::add);
        }
        return gap.schema() ? node.put("schema", true) : node;
    }

    /**
     * Reads it back.
     *
     * @throws MalformedJsonException if the object is no gap
     */
    public static CoverageGap parse(JsonNode node) {
        return new CoverageGap(
                Members.lsn(node, "from"),
                Members.any(node, "to").map(end -> Members.lsn(node, "to")),
                Members.text(node, "reason"),
                node.has("promotions")
                        ? new HashSet<>(Members.list(node, "promotions", id -> new PromotionId(id.asText())))
                        : Set.of(),
                node.path("schema").asBoolean());
    }
}
