package io.promotionverifier.kafka.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.pipeline.CoverageGap;

/** A coverage gap. */
public final class GapJson {
    private GapJson() {}

    /** The gap as an object. */
    public static ObjectNode of(CoverageGap gap) {
        return Json.object()
                .put("from", gap.from().toString())
                .put("to", gap.to().toString())
                .put("reason", gap.reason());
    }

    /**
     * Reads it back.
     *
     * @throws MalformedJsonException if the object is no gap
     */
    public static CoverageGap parse(JsonNode node) {
        return new CoverageGap(Members.lsn(node, "from"), Members.lsn(node, "to"), Members.text(node, "reason"));
    }
}
