package io.promotionverifier.postgres.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.promotionverifier.core.change.RowKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The row keys of one table: one canonical JSON text for each key, whether it comes from the stream, from a
 * configuration file or from the command line. Immutable; safe for use by many threads.
 *
 * <p>The text is what {@code jsonb} prints: members by length of their name in bytes, then byte by byte; {@code ": "}
 * and {@code ", "} between them.
 */
public final class RowKeys {
    private static final Comparator<KeyPart> JSONB_ORDER = (a, b) -> {
        byte[] left = a.name().getBytes(StandardCharsets.UTF_8);
        byte[] right = b.name().getBytes(StandardCharsets.UTF_8);
        return left.length != right.length
                ? Integer.compare(left.length, right.length)
                : Arrays.compareUnsigned(left, right);
    };

    private static final JsonFactory JSON = new JsonFactory();

    private final List<KeyPart> parts;
    private final List<String> openings;

    /** @param parts the columns of the primary key, in any order */
    public RowKeys(List<KeyPart> parts) {
        this.parts = parts.stream().sorted(JSONB_ORDER).toList();
        this.openings = this.parts.stream().map(RowKeys::opening).toList();
    }

    private static String opening(KeyPart part) {
        StringBuilder text = new StringBuilder();
        JsonText.appendQuoted(text, part.name());
        return text.append(": ").toString();
    }

    /** The columns in the order in which the key prints them. */
    List<KeyPart> parts() {
        return parts;
    }

    /**
     * The key of a row.
     *
     * @param texts PostgreSQL's text of each key column, by name
     */
    RowKey of(UnaryOperator<String> texts) {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < parts.size(); i++) {
            json.append(i == 0 ? "" : ", ").append(openings.get(i));
            KeyValues.append(json, parts.get(i).form(), texts.apply(parts.get(i).name()));
        }
        return new RowKey(json.append('}').toString());
    }

    /** PostgreSQL's text of each key column, by name: the way back of {@link #of}. */
    public Map<String, String> texts(RowKey key) {
        return members(key.json());
    }

    /**
     * The key that a person means.
     *
     * @param given the value of the only key column, or a map from column name to value
     * @throws IllegalArgumentException if columns are missing or unknown, or a value cannot be one of its column
     */
    public RowKey from(Object given) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (given instanceof Map<?, ?> map) {
            map.forEach((name, value) -> values.put(String.valueOf(name), String.valueOf(value)));
        } else if (parts.size() == 1) {
            values.put(parts.get(0).name(), given);
        }
        if (values.size() != parts.size() || !parts.stream().allMatch(part -> values.containsKey(part.name()))) {
            throw new IllegalArgumentException("a key of this table names exactly " + names() + ", each with a value");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (KeyPart part : parts) {
            texts.put(part.name(), KeyValues.canonical(part, String.valueOf(values.get(part.name()))));
        }
        return of(texts::get);
    }

    /**
     * The key that a person typed: the plain value of the only key column, or a JSON object with all of them.
     *
     * @throws IllegalArgumentException as for {@link #from}
     */
    public RowKey read(String typed) {
        return from(typed.strip().startsWith("{") ? members(typed) : typed);
    }

    private static Map<String, String> members(String object) {
        Map<String, String> members = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(object)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                @Nullable JsonToken value = parser.nextToken();
                if (value == null || !value.isScalarValue() || value == JsonToken.VALUE_NULL) {
                    throw new IllegalArgumentException("the value of \"" + name + "\" is no key value");
                }
                members.put(name, parser.getText());
            }
            if (!parser.hasToken(JsonToken.END_OBJECT) || parser.nextToken() != null) {
                throw new IllegalArgumentException("not one JSON object");
            }
            return members;
        } catch (IOException e) {
            throw new IllegalArgumentException("not a JSON object: it cannot be read as a row key", e);
        }
    }

    private List<String> names() {
        return parts.stream().map(KeyPart::name).toList();
    }
}
