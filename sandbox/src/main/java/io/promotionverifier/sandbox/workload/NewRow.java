package io.promotionverifier.sandbox.workload;

import io.promotionverifier.sandbox.sample.SamplePromotion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A row to insert: its documents with other keys beside the promoted ones, and its columns. Confined to its worker. */
final class NewRow {
    private final Row row;
    private final String label;
    private final Map<SamplePromotion, Optional<Value>> columns = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> documents = new LinkedHashMap<>();

    NewRow(Row row, String label) {
        this.row = row;
        this.label = label;
        for (SamplePromotion promotion : SamplePromotion.of(row.table())) {
            columns.put(promotion, Optional.empty());
            documents.computeIfAbsent(
                    promotion.from().column(),
                    column -> new LinkedHashMap<>(Map.of("origin", "{\"client\": \"web\", \"version\": 3}")));
        }
    }

    Row row() {
        return row;
    }

    void setBoth(SamplePromotion promotion, Optional<Value> value) {
        setColumn(promotion, value);
        setDocument(promotion, value.map(Value::document));
    }

    void setColumn(SamplePromotion promotion, Optional<Value> value) {
        columns.put(promotion, value);
    }

    void setDocument(SamplePromotion promotion, Optional<String> json) {
        List<String> keys = promotion.from().keys();
        Map<String, String> document = documents.getOrDefault(promotion.from().column(), Map.of());
        if (json.isEmpty()) {
            document.remove(keys.get(0));
            return;
        }
        String nested = json.get();
        for (int i = keys.size() - 1; i > 0; i--) {
            nested = "{\"" + keys.get(i) + "\": " + nested + "}";
        }
        document.put(keys.get(0), nested);
    }

    List<String> columns() {
        List<String> names = new ArrayList<>(List.of("id", row.table().label()));
        names.addAll(documents.keySet());
        columns.keySet().forEach(promotion -> names.add(promotion.to()));
        return names;
    }

    List<String> placeholders() {
        List<String> casts = new ArrayList<>(List.of("CAST(? AS " + row.table().keyType() + ")", "?"));
        documents.keySet().forEach(each -> casts.add("CAST(? AS jsonb)"));
        columns.forEach(
                (promotion, value) -> casts.add(value.isPresent() ? "CAST(? AS " + promotion.sqlType() + ")" : "NULL"));
        return casts;
    }

    List<String> parameters() {
        List<String> parameters = new ArrayList<>(List.of(row.id(), label));
        documents.values().forEach(document -> parameters.add(json(document)));
        columns.values().forEach(value -> value.map(Value::column).ifPresent(parameters::add));
        return parameters;
    }

    private static String json(Map<String, String> members) {
        List<String> texts = new ArrayList<>();
        members.forEach((key, value) -> texts.add('"' + key + "\": " + value));
        return "{" + String.join(", ", texts) + "}";
    }
}
