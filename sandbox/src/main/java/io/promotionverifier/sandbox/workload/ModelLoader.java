package io.promotionverifier.sandbox.workload;

import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.sandbox.sample.InconsistentRow;
import io.promotionverifier.sandbox.sample.SamplePromotion;
import io.promotionverifier.sandbox.sample.SampleTable;
import io.promotionverifier.sandbox.sample.SqlOracle;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows and shares them among the workers, so that no two write one row.
 *
 * <p>Rows that are inconsistent already belong to nobody, nor do the roadmap items that they mention. A row that points
 * to a roadmap item goes to that item's worker: deleting the item writes the row.
 */
final class ModelLoader {
    private final Connection connection;
    private final List<Model> models = new ArrayList<>();
    private final Set<String> untouchable = new HashSet<>();
    private final Map<String, Model> parentOwners = new HashMap<>();

    private ModelLoader(Connection connection, int workers) {
        this.connection = connection;
        for (int i = 0; i < workers; i++) {
            models.add(new Model());
        }
    }

    static List<Model> load(Connection connection, int workers) throws SQLException {
        ModelLoader loader = new ModelLoader(connection, workers);
        loader.load();
        return loader.models;
    }

    private void load() throws SQLException {
        Map<SampleTable, Set<RowKey>> inconsistent = new HashMap<>();
        for (InconsistentRow row : SqlOracle.inconsistentRows(connection)) {
            inconsistent
                    .computeIfAbsent(row.promotion().table(), absent -> new HashSet<>())
                    .add(row.key());
        }
        List<Row> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            for (SampleTable table : SampleTable.values()) {
                readRows(statement, table, inconsistent.getOrDefault(table, Set.of()), rows);
            }
            readParents(statement);
        }
        for (int i = 0; i < rows.size(); i++) {
            share(rows.get(i), models.get(i % models.size()));
        }
    }

    private void readRows(Statement statement, SampleTable table, Set<RowKey> inconsistent, List<Row> rows)
            throws SQLException {
        List<SamplePromotion> promotions = SamplePromotion.of(table);
        List<String> expressions = promotions.stream()
                .flatMap(promotion -> Stream.of(columnText(promotion), promotion.documentText()))
                .toList();
        String sql =
                "SELECT id::text, " + String.join(", ", expressions) + " FROM " + table.tableName() + " ORDER BY id";
        try (ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                Row row = new Row(table, found.getString(1));
                for (int i = 0; i < promotions.size(); i++) {
                    row.put(promotions.get(i), cell(found.getString(2 + 2 * i), found.getString(3 + 2 * i)));
                }
                if (inconsistent.contains(row.key())) {
                    mentioned(row).forEach(untouchable::add);
                } else {
                    rows.add(row);
                }
            }
        }
    }

    /** In the spelling of {@link Values}, so that equal values have equal texts. */
    private static String columnText(SamplePromotion promotion) {
        return promotion.sqlType().equals("timestamptz")
                ? "to_char(" + promotion.to() + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
                : promotion.to() + "::text";
    }

    /** The row is consistent: its document holds the column's value, or the foreign key has cleared the column. */
    private static Cell cell(@Nullable String column, @Nullable String document) {
        Optional<String> held = Optional.ofNullable(column);
        Optional<String> written = Optional.ofNullable(document).map(text -> text.toLowerCase(Locale.ROOT));
        return new Cell(held, held.isPresent() && written.isPresent() ? held : written);
    }

    private static Stream<String> mentioned(Row row) {
        Cell cell = row.cell(SamplePromotion.CTX_ROADMAP);
        return Stream.concat(cell.column().stream(), cell.document().stream());
    }

    private void readParents(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("SELECT id::text FROM public.roadmap_items ORDER BY id")) {
            for (int i = 0; found.next(); i++) {
                String parent = found.getString(1);
                Model owner = models.get(i % models.size());
                if (!untouchable.contains(parent)) {
                    owner.parents().add(parent);
                    parentOwners.put(parent, owner);
                }
            }
        }
    }

    private void share(Row row, Model otherwise) {
        Model owner = row.cell(SamplePromotion.CTX_ROADMAP)
                .column()
                .map(parent -> parentOwners.getOrDefault(parent, otherwise))
                .orElse(otherwise);
        owner.adopt(row);
        SamplePromotion.of(row.table()).forEach(promotion -> owner.put(row, promotion, row.cell(promotion)));
        owner.release(row);
    }
}
