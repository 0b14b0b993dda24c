package io.promotionverifier.sandbox.workload;

import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.sandbox.sample.SamplePromotion;
import io.promotionverifier.sandbox.sample.SampleTable;
import java.util.EnumMap;
import java.util.Map;

/** A row as its worker knows it. Confined to the worker. */
final class Row {
    private final SampleTable table;
    private final String id;
    private final Map<SamplePromotion, Cell> cells = new EnumMap<>(SamplePromotion.class);

    Row(SampleTable table, String id) {
        this.table = table;
        this.id = id;
    }

    SampleTable table() {
        return table;
    }

    String id() {
        return id;
    }

    RowKey key() {
        return new RowKey(table.keyType().equals("uuid") ? "{\"id\": \"" + id + "\"}" : "{\"id\": " + id + "}");
    }

    Cell cell(SamplePromotion promotion) {
        return cells.getOrDefault(promotion, Cell.EMPTY);
    }

    void put(SamplePromotion promotion, Cell cell) {
        cells.put(promotion, cell);
    }
}
