package io.promotionverifier.core.change;

/**
 * The primary key of a row: what {@code to_jsonb} gives of its columns, by name, as one JSON text.
 *
 * @param json the canonical text, {@code {"id": 88213}}; equal keys have equal texts
 */
public record RowKey(String json) implements Comparable<RowKey> {
    @Override
    public int compareTo(RowKey other) {
        return json.compareTo(other.json);
    }

    @Override
    public String toString() {
        return json;
    }
}
