package io.promotionverifier.app.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.app.gate.GateJson;
import io.promotionverifier.core.change.Moment;
import io.promotionverifier.kafka.json.Json;
import io.promotionverifier.kafka.json.MomentJson;
import java.util.Optional;

/** The result of a replay as JSON: the members of the contract, and of each promotion what was counted. */
public final class ReplayJson {
    private ReplayJson() {}

    /** The result. */
    public static ObjectNode of(ReplayResult result) {
        ObjectNode node = Json.object();
        node.set("from", moment(result.from()));
        node.set("to", moment(result.to()));
        node.put("changes", result.changes());
        node.set("counts", RangeCounts.sum(result.promotions(), "counts"));
        node.set("findings", RangeCounts.sum(result.promotions(), "findings"));
        ArrayNode promotions = node.putArray("promotions");
        result.promotions().forEach(promotions::add);
        ArrayNode aborts = node.putArray("aborts");
        result.aborts().forEach(aborts::add);
        ArrayNode gates = node.putArray("gates");
        result.gates().forEach(gate -> gates.add(GateJson.of(gate)));
        node.put("compared", result.compared()).put("not_compared", result.notCompared());
        ArrayNode differences = node.putArray("differences");
        result.differences().forEach(difference -> differences.add(difference.json()));
        return node;
    }

    private static JsonNode moment(Optional<Moment> moment) {
        return moment.<JsonNode>map(MomentJson::of).orElseGet(NullNode::getInstance);
    }
}
