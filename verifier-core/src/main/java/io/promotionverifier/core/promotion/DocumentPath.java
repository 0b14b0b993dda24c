package io.promotionverifier.core.promotion;

import java.util.List;

/**
 * Where a promoted value lives in the document: a column and literal keys below it.
 *
 * @param column the document column's name
 * @param keys the literal keys from the outside in ({@code a.b} is one key); empty for the whole column
 */
public record DocumentPath(String column, List<String> keys) {
    public DocumentPath {
        keys = List.copyOf(keys);
    }

    /** The path in SQL's arrow notation, for people: {@code preferences->'ui'->>'theme'}. */
    @Override
    public String toString() {
        StringBuilder arrows = new StringBuilder(column);
        for (int i = 0; i < keys.size(); i++) {
            arrows.append(i == keys.size() - 1 ? "->>'" : "->'");
            arrows.append(keys.get(i).replace("'", "''")).append('\'');
        }
        return arrows.toString();
    }
}
