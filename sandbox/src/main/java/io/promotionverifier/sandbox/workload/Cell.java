package io.promotionverifier.sandbox.workload;

import java.util.Optional;

/**
 * What one promotion's sides hold in one row, as far as drawing a different value needs to know.
 *
 * @param column the column's value as text; empty for NULL
 * @param document the document's value brought to the column's type, as text; empty when absent
 */
record Cell(Optional<String> column, Optional<String> document) {
    static final Cell EMPTY = new Cell(Optional.empty(), Optional.empty());

    static Cell both(Optional<Value> value) {
        Optional<String> text = value.map(Value::column);
        return new Cell(text, text);
    }

    boolean holds(Value value) {
        return column.filter(value.column()::equals).isPresent()
                || document.filter(value.column()::equals).isPresent();
    }
}
