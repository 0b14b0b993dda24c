package io.promotionverifier.sandbox.workload;

import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.sandbox.sample.SamplePromotion;
import io.promotionverifier.sandbox.sample.SampleTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The application's statements. Stateless. */
final class Changes {
    private static final TableName PARENTS = new TableName("public", "roadmap_items");

    private Changes() {}

    /** What an UPDATE does to one side: leave it, clear it, or set it to a text (the document's is JSON). */
    record Assignment(String sql, Optional<String> parameter) {}

    static Assignment column(SamplePromotion promotion, Optional<Value> value) {
        return value.isPresent()
                ? new Assignment(promotion.to() + " = CAST(? AS " + promotion.sqlType() + ")", value.map(Value::column))
                : new Assignment(promotion.to() + " = NULL", Optional.empty());
    }

    static Assignment document(SamplePromotion promotion, Optional<String> json) {
        String document = promotion.from().column();
        return json.isPresent()
                ? new Assignment(
                        document + " = " + merged(document, promotion.from().keys()), json)
                : new Assignment(
                        document + " = " + document + " #- '{"
                                + String.join(",", promotion.from().keys()) + "}'",
                        Optional.empty());
    }

    /** {@code jsonb_set} would do nothing where a parent object is missing, and wipe a NULL document. */
    private static String merged(String object, List<String> keys) {
        String inner = keys.size() == 1
                ? "CAST(? AS jsonb)"
                : merged(object + " -> '" + keys.get(0) + "'", keys.subList(1, keys.size()));
        return "coalesce(" + object + ", '{}') || jsonb_build_object('" + keys.get(0) + "', " + inner + ")";
    }

    static Change update(List<Row> rows, Assignment... assignments) {
        SampleTable table = rows.get(0).table();
        List<String> clauses = new ArrayList<>();
        List<String> parameters = new ArrayList<>();
        for (Assignment assignment : assignments) {
            clauses.add(assignment.sql());
            assignment.parameter().ifPresent(parameters::add);
        }
        String sql = "UPDATE " + table.tableName() + " SET " + String.join(", ", clauses) + where(rows, parameters);
        return counted(sql, parameters, Operation.UPDATE, table.tableName());
    }

    static Change touch(Row row, String label) {
        return update(List.of(row), new Assignment(row.table().label() + " = ?", Optional.of(label)));
    }

    static Change delete(List<Row> rows) {
        TableName table = rows.get(0).table().tableName();
        List<String> parameters = new ArrayList<>();
        String sql = "DELETE FROM " + table + where(rows, parameters);
        return counted(sql, parameters, Operation.DELETE, table);
    }

    /** An INSERT that may be repeated when its commit was not answered. */
    static Change insert(List<NewRow> rows) {
        SampleTable table = rows.get(0).row().table();
        List<String> values = new ArrayList<>();
        List<String> parameters = new ArrayList<>();
        for (NewRow row : rows) {
            values.add("(" + String.join(", ", row.placeholders()) + ")");
            parameters.addAll(row.parameters());
        }
        String sql = "INSERT INTO " + table.tableName() + " ("
                + String.join(", ", rows.get(0).columns()) + ") VALUES " + String.join(", ", values)
                + " ON CONFLICT (id) DO NOTHING";
        return counted(sql, parameters, Operation.INSERT, table.tableName());
    }

    static Change insertParent(String id, String title) {
        String sql = "INSERT INTO " + PARENTS + " (id, title) VALUES (CAST(? AS uuid), ?) ON CONFLICT (id) DO NOTHING";
        return counted(sql, List.of(id, title), Operation.INSERT, PARENTS);
    }

    static Change deleteParent(String id, int children) {
        String sql = "DELETE FROM " + PARENTS + " WHERE id = CAST(? AS uuid)";
        return new Change(sql, List.of(id), Optional.of(new Change.Effect(Operation.DELETE, PARENTS)), children);
    }

    private static String where(List<Row> rows, List<String> parameters) {
        String type = rows.get(0).table().keyType();
        if (rows.size() == 1) {
            parameters.add(rows.get(0).id());
            return " WHERE id = CAST(? AS " + type + ")";
        }
        parameters.add("{" + String.join(",", rows.stream().map(Row::id).toList()) + "}");
        return " WHERE id = ANY (CAST(? AS " + type + "[]))";
    }

    private static Change counted(String sql, List<String> parameters, Operation operation, TableName table) {
        return new Change(sql, parameters, Optional.of(new Change.Effect(operation, table)), 0);
    }
}
