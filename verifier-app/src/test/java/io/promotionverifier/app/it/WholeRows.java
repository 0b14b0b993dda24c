package io.promotionverifier.app.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.promotionverifier.app.it.WholePromotion.Document;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Rows in which columns and documents agree, or do not. Seeded. */
final class WholeRows {
    private static final int PADDING = 4_000;

    private final Random random;

    WholeRows(Random random) {
        this.random = random;
    }

    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** A value of the type, as a column holds it; seldom none. */
    Optional<String> value(WholeType type) {
        return oneIn(8) ? Optional.empty() : Optional.of(pick(type.values()));
    }

    /** Promoted columns and documents of a row, by column. */
    Map<String, Optional<String>> row(WholeTable table) {
        Map<String, Optional<String>> row = new LinkedHashMap<>();
        table.columns().forEach((column, type) -> row.put(column, value(type)));
        row.putAll(documents(table, row));
        return row;
    }

    /** Documents for these values of the columns: most agree. */
    Map<String, Optional<String>> documents(WholeTable table, Map<String, Optional<String>> columns) {
        boolean honest = !oneIn(4);
        Map<String, Optional<String>> documents = new LinkedHashMap<>();
        for (Document document : table.documents()) {
            documents.put(document.name(), document(table, document, columns, honest));
        }
        return documents;
    }

    private Optional<String> document(
            WholeTable table, Document document, Map<String, Optional<String>> columns, boolean honest) {
        if (!honest && oneIn(15)) {
            return Optional.empty();
        }
        if (document.type().equals("text")) {
            return whole(table, document, columns, honest);
        }
        if (!honest && oneIn(20)) {
            return Optional.of(pick(List.of("[]", "5", "\"s\"", "null", "[{\"t\": \"low\"}]")));
        }
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        for (WholePromotion promotion : table.promotions()) {
            if (promotion.document().equals(document)) {
                json(promotion, columns, honest).ifPresent(value -> put(root, promotion.path(), value));
            }
        }
        if (table.isSwollen() && !oneIn(4)) {
            root.put("pad", "x".repeat(PADDING + random.nextInt(9)));
        }
        return Optional.of(root.toString());
    }

    private Optional<String> whole(
            WholeTable table, Document document, Map<String, Optional<String>> columns, boolean honest) {
        if (!honest && oneIn(5)) {
            return Optional.of("{broken");
        }
        return table.promotions().stream()
                .filter(promotion -> promotion.document().equals(document))
                .findFirst()
                .flatMap(promotion -> json(promotion, columns, honest));
    }

    private Optional<String> json(WholePromotion promotion, Map<String, Optional<String>> columns, boolean honest) {
        Optional<String> value = columns.getOrDefault(promotion.column(), Optional.empty());
        if (honest || oneIn(2)) {
            return value.isEmpty() && oneIn(3)
                    ? Optional.of("null")
                    : value.map(text -> promotion.type().spelled(text, random));
        }
        return oneIn(5) ? Optional.empty() : Optional.of(promotion.type().strange(random));
    }

    /** Puts JSON under a path, unless something is there; a number is a place in an array. */
    private static void put(ObjectNode root, List<String> path, String json) {
        JsonNode at = root;
        for (int i = 0; i < path.size() - 1; i++) {
            JsonNode next = at.path(path.get(i));
            if (next.isMissingNode()) {
                next = path.get(i + 1).matches("\\d+")
                        ? JsonNodeFactory.instance.arrayNode()
                        : JsonNodeFactory.instance.objectNode();
                ((ObjectNode) at).set(path.get(i), next);
            }
            at = next;
        }
        JsonNode value = new POJONode(new RawValue(json));
        String last = path.get(path.size() - 1);
        if (at instanceof ArrayNode array) {
            while (array.size() < Integer.parseInt(last)) {
                array.add(7);
            }
            array.add(value);
        } else if (!at.has(last)) {
            ((ObjectNode) at).set(last, value);
        }
    }
}
