package io.promotionverifier.kafka.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.promotion.ColumnType;
import java.util.Optional;
import java.util.OptionalInt;

/** The type of a promoted column as JSON. */
final class ColumnTypeJson {
    private ColumnTypeJson() {}

    static ObjectNode of(ColumnType type) {
        ObjectNode node = Json.object().put("kind", Json.lower(type.kind())).put("sql_name", type.sqlName());
        type.precision().ifPresent(precision -> node.put("precision", precision));
        type.scale().ifPresent(scale -> node.put("scale", scale));
        ArrayNode labels = node.putArray("labels");
        type.labels().forEach(labels::add);
        node.set("element", type.element().<JsonNode>map(ColumnTypeJson::of).orElseGet(NullNode::getInstance));
        return node.put("domain", type.domain());
    }

    static ColumnType parse(JsonNode node) {
        return new ColumnType(
                Members.constant(node, "kind", ColumnType.Kind.class),
                Members.text(node, "sql_name"),
                anyInteger(node, "precision"),
                anyInteger(node, "scale"),
                Members.list(node, "labels", JsonNode::asText),
                Members.any(node, "element", ColumnTypeJson::parse),
                Members.flag(node, "domain"));
    }

    private static OptionalInt anyInteger(JsonNode node, String name) {
        Optional<Integer> found = Members.any(node, name, value -> Members.integer(node, name));
        return found.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }
}
