package io.promotionverifier.app.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.gate.Check;
import io.promotionverifier.core.gate.Figure;
import io.promotionverifier.core.gate.GateReport;
import io.promotionverifier.kafka.json.GateOverrideJson;
import io.promotionverifier.kafka.json.Json;
import java.util.Optional;

/** What the gate answers, as JSON: rates from 0 to 1, time spans in seconds, null for what nobody knows. */
public final class GateJson {
    private GateJson() {}

    /** The answer. */
    public static ObjectNode of(GateReport report) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("promotion", report.promotion().value())
                .put("to", report.to().name())
                .put("result", report.standing().isOpen() ? "PASS" : "FAIL");
        ArrayNode checks = node.putArray("checks");
        report.checks().forEach(check -> checks.add(of(check)));
        node.set(
                "override",
                report.override().<JsonNode>map(GateOverrideJson::of).orElseGet(NullNode::getInstance));
        return node;
    }

    private static ObjectNode of(Check check) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("name", check.name())
                .put("result", check.result().name());
        node.set("observed", of(check.observed()));
        node.set("required", of(check.required()));
        return node.put("detail", check.detail());
    }

    private static JsonNode of(Optional<Figure> figure) {
        return figure.map(GateJson::of).orElseGet(NullNode::getInstance);
    }

    private static JsonNode of(Figure figure) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (figure instanceof Figure.Share share) {
            return nodes.numberNode(share.value());
        }
        if (figure instanceof Figure.Span span) {
            return Json.seconds(span.value());
        }
        if (figure instanceof Figure.Count count) {
            return nodes.numberNode(count.value());
        }
        return nodes.textNode(((Figure.Words) figure).value());
    }
}
