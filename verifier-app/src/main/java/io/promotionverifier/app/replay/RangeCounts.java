package io.promotionverifier.app.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.pipeline.PromotionStatus;
import io.promotionverifier.core.replay.Replay;
import io.promotionverifier.kafka.json.Json;
import io.promotionverifier.kafka.json.Lag;
import io.promotionverifier.kafka.json.StatusJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What promotions counted between two moments of a replay. Confined to one thread. */
final class RangeCounts {
    private static final List<String> GROWING = List.of("counts", "kinds");

    private final Map<String, ObjectNode> before = new LinkedHashMap<>();

    /** Counts from what a replay stands at now. */
    void beginAt(Replay replay) {
        before.clear();
        replay.statuses().forEach(status -> before.put(status.promotion().value(), json(status)));
    }

    /** Counts from zero: a generation begins. */
    void beginAtZero() {
        before.clear();
    }

    private static ObjectNode json(PromotionStatus status) {
        return StatusJson.of(status, Lag.UNKNOWN);
    }

    /** What was counted since; findings that are open are those of now. */
    List<ObjectNode> upTo(Replay replay) {
        List<ObjectNode> counted = new ArrayList<>();
        for (PromotionStatus status : replay.statuses()) {
            ObjectNode now = json(status);
            ObjectNode then = before.getOrDefault(status.promotion().value(), Json.object());
            GROWING.forEach(member -> subtract(now.path(member), then.path(member), List.of()));
            subtract(now.path("findings"), then.path("findings"), List.of("suspected", "confirmed"));
            counted.add(now.retain("promotion", "table", "phase", "verdict", "reason", "counts", "findings", "kinds"));
        }
        return counted;
    }

    private static void subtract(JsonNode now, JsonNode then, List<String> except) {
        ObjectNode counts = (ObjectNode) now;
        List<String> names = new ArrayList<>();
        counts.fieldNames().forEachRemaining(names::add);
        names.removeAll(except);
        names.forEach(name ->
                counts.put(name, counts.path(name).asLong() - then.path(name).asLong()));
    }

    /** The sum of one member over promotions. */
    static ObjectNode sum(List<ObjectNode> promotions, String member) {
        ObjectNode sum = Json.object();
        for (ObjectNode promotion : promotions) {
            promotion
                    .path(member)
                    .properties()
                    .forEach(count -> sum.put(
                            count.getKey(),
                            sum.path(count.getKey()).asLong() + count.getValue().asLong()));
        }
        return sum;
    }
}
