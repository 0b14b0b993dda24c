package io.promotionverifier.app.config.form;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The pieces of JSON Schema that forms are described with. */
final class Schemas {
    /** The definition of {@code ${env:X}} and {@code ${file:/p}}, which may stand for any single value. */
    static final String REFERENCE = "#/$defs/reference";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Schemas() {}

    static ObjectNode object() {
        return JSON.objectNode();
    }

    static ObjectNode type(String type) {
        return object().put("type", type);
    }

    /** Any single value: the key's form, not YAML's guess, decides what {@code 17} or {@code no} is. */
    static ObjectNode anyScalar() {
        ObjectNode schema = object();
        schema.putArray("type").add("string").add("number").add("boolean");
        return schema;
    }

    static ObjectNode pattern(String pattern) {
        return type("string").put("pattern", pattern);
    }

    static ObjectNode anyOf(List<ObjectNode> choices) {
        ObjectNode schema = object();
        schema.putArray("anyOf").addAll(choices);
        return schema;
    }

    static ObjectNode orReference(ObjectNode schema) {
        return anyOf(List.of(schema, object().put("$ref", REFERENCE)));
    }
}
