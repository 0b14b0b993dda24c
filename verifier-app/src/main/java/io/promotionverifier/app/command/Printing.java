package io.promotionverifier.app.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.promotionverifier.app.cli.Invocation;
import io.promotionverifier.app.cli.OutputFormat;
import java.util.List;

/** Prints JSON results: one array, or one object on each line. */
final class Printing {
    private static final JsonMapper JSON = new JsonMapper();
    private static final DefaultPrettyPrinter PRETTY = new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));

    private Printing() {}

    static void list(List<? extends JsonNode> nodes, Invocation invocation) {
        if (invocation.output() == OutputFormat.NDJSON) {
            nodes.forEach(node -> invocation.print(node.toString()));
            return;
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        nodes.forEach(array::add);
        invocation.print(pretty(array));
    }

    static void one(JsonNode node, Invocation invocation) {
        invocation.print(invocation.output() == OutputFormat.NDJSON ? node.toString() : pretty(node));
    }

    static String pretty(JsonNode node) {
        try {
            return JSON.writer(PRETTY).writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }
}
