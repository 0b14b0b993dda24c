package io.promotionverifier.kafka.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.ledger.Estimate;
import io.promotionverifier.core.ledger.TableCount;

/** What a table's statistics counted, as JSON: figures that are estimates and say so by the name of their member. */
public final class EstimateJson {
    private EstimateJson() {}

    /** The estimate as a status tells it. */
    static ObjectNode told(Estimate estimate, long shown) {
        ObjectNode node = figures(estimate.inserted(), estimate.updated(), estimate.deleted())
                .put("changes", estimate.changes())
                .put("filtered", Math.max(0, estimate.changes() - shown));
        return node.put("since", Json.time(estimate.since()))
                .put("until", Json.time(estimate.latest().at()));
    }

    /** The estimate with the last look, to go on from. */
    public static ObjectNode of(Estimate estimate) {
        ObjectNode node = figures(estimate.inserted(), estimate.updated(), estimate.deleted())
                .put("since", Json.time(estimate.since()));
        node.set("latest", of(estimate.latest()));
        return node;
    }

    /**
     * Reads it back.
     *
     * @throws MalformedJsonException if the object is no estimate
     */
    public static Estimate parse(JsonNode node) {
        return new Estimate(
                Members.number(node, "inserted"),
                Members.number(node, "updated"),
                Members.number(node, "deleted"),
                Members.time(node, "since"),
                parseCount(Members.member(node, "latest")));
    }

    /** One look at the statistics. */
    static ObjectNode of(TableCount count) {
        return figures(count.inserted(), count.updated(), count.deleted()).put("at", Json.time(count.at()));
    }

    /**
     * Reads it back.
     *
     * @throws MalformedJsonException if the object is no look at statistics
     */
    public static TableCount parseCount(JsonNode node) {
        return new TableCount(
                Members.number(node, "inserted"),
                Members.number(node, "updated"),
                Members.number(node, "deleted"),
                Members.time(node, "at"));
    }

    private static ObjectNode figures(long inserted, long updated, long deleted) {
        return Json.object().put("inserted", inserted).put("updated", updated).put("deleted", deleted);
    }
}
