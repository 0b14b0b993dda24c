package io.promotionverifier.kafka.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.pipeline.Command;
import io.promotionverifier.core.pipeline.GateOverride;
import io.promotionverifier.core.promotion.Phase;
import java.util.List;

/** An override of the gate, as JSON. */
public final class GateOverrideJson {
    private GateOverrideJson() {}

    /** Who answers for which checks, and why. */
    public static ObjectNode of(GateOverride override) {
        ObjectNode node = Json.object()
                .put("id", override.id())
                .put("promotion", override.promotion().value());
        add(node, override.to(), override.checks());
        return node.put("ordered", Json.time(override.ordered()))
                .put("by", override.by())
                .put("reason", override.reason());
    }

    /**
     * Reads it back.
     *
     * @throws MalformedJsonException if the object is no override
     */
    public static GateOverride parse(JsonNode node) {
        Command.Overruled what = parseOverruled(node);
        return new GateOverride(
                Members.text(node, "id"),
                FindingJson.promotion(node),
                what.to(),
                what.checks(),
                Members.time(node, "ordered"),
                Members.text(node, "by"),
                Members.text(node, "reason"));
    }

    /** Adds what is overruled to a command. */
    public static void add(ObjectNode node, Command.Overruled overruled) {
        add(node, overruled.to(), overruled.checks());
    }

    private static void add(ObjectNode node, Phase to, List<String> checks) {
        node.put("to", to.name());
        ArrayNode names = node.putArray("checks");
        checks.forEach(names::add);
    }

    /**
     * What a command overrules.
     *
     * @throws MalformedJsonException if it does not say it
     */
    public static Command.Overruled parseOverruled(JsonNode node) {
        return new Command.Overruled(
                Members.constant(node, "to", Phase.class), Members.list(node, "checks", GateOverrideJson::name));
    }

    private static String name(JsonNode name) {
        if (!name.isTextual()) {
            throw new MalformedJsonException("member \"checks\" holds what is no name");
        }
        return name.asText();
    }
}
