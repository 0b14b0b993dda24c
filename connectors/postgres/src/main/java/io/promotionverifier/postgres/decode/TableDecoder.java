package io.promotionverifier.postgres.decode;

import io.promotionverifier.core.change.DocumentValue;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.change.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/** Reads the keys and both sides of every promotion out of one table's rows. Immutable. */
final class TableDecoder {
    private final CapturedTable table;
    private final RowKeys keys;
    private final List<Document> documents = new ArrayList<>();

    /** A document column and, for each of its paths, the promotion that reads it. */
    private record Document(DocumentColumn column, List<Integer> promotions) {}

    TableDecoder(CapturedTable table) {
        this.table = table;
        this.keys = new RowKeys(table.key());
        Map<String, List<Integer>> byColumn = new LinkedHashMap<>();
        for (int i = 0; i < table.promotions().size(); i++) {
            String column = table.promotions().get(i).from().column();
            byColumn.computeIfAbsent(column, name -> new ArrayList<>()).add(i);
        }
        byColumn.forEach((column, promotions) -> documents.add(document(column, promotions)));
    }

    private Document document(String column, List<Integer> promotions) {
        List<List<String>> paths = promotions.stream()
                .map(i -> table.promotions().get(i).from().keys())
                .toList();
        return new Document(new DocumentColumn(column, paths), promotions);
    }

    TableName name() {
        return table.name();
    }

    /** What came as an insert. */
    Operation inserted() {
        return table.screened() ? Operation.ENTERED : Operation.INSERT;
    }

    /** What came as a delete. */
    Operation deleted() {
        return table.screened() ? Operation.LEFT : Operation.DELETE;
    }

    /** @throws UndecodableRecordException if a key column is absent or NULL: the replica identity does not cover it */
    RowKey key(Struct key) {
        return keys.of(column -> {
            Field field = key.schema().field(column);
            String text = field == null ? null : ColumnText.textOf(key, field);
            if (text == null) {
                throw new UndecodableRecordException("a change of " + table.name() + " came without key column \""
                        + column + "\": its replica identity or its primary key is another than configured");
            }
            return text;
        });
    }

    /** Both sides of each promotion, in the order of the configuration. */
    List<Reading> readings(Struct row, UnreadableMarks marks) {
        DocumentValue[] values = new DocumentValue[table.promotions().size()];
        for (Document document : documents) {
            List<DocumentValue> found = document.column().read(row, marks);
            for (int i = 0; i < found.size(); i++) {
                values[document.promotions().get(i)] = found.get(i);
            }
        }
        List<Reading> readings = new ArrayList<>(values.length);
        for (int i = 0; i < values.length; i++) {
            CapturedPromotion promotion = table.promotions().get(i);
            readings.add(new Reading(ColumnText.read(row, promotion.column(), promotion.type(), marks), values[i]));
        }
        return readings;
    }
}
