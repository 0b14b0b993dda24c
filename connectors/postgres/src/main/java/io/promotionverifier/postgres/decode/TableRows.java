package io.promotionverifier.postgres.decode;

import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.change.RowKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/**
 * Reads rows that SQL gave as text exactly as the stream's rows are read: they are brought into the same form and walk
 * the same way. Immutable; safe for use by many threads.
 */
public final class TableRows {
    private final TableDecoder decoder;
    private final RowKeys keys;
    private final Schema schema;
    private final UnreadableMarks marks = UnreadableMarks.random();

    /**
     * @param types the server's name of each captured column's type, by column; a column that is not in it is
     *     unreadable
     */
    public TableRows(CapturedTable table, Map<String, String> types) {
        decoder = new TableDecoder(table);
        keys = new RowKeys(table.key());
        SchemaBuilder row = SchemaBuilder.struct();
        types.forEach((column, type) -> row.field(
                column,
                SchemaBuilder.string()
                        .optional()
                        .name(ColumnText.schemaName(type))
                        .build()));
        schema = row.build();
    }

    /**
     * The key of a row.
     *
     * @param texts of each key column, by name, what {@code to_jsonb} makes of it, as text, under {@code TimeZone =
     *     UTC}
     */
    public RowKey key(UnaryOperator<String> texts) {
        return keys.of(texts);
    }

    /**
     * A text in SQL, or what stands for one that is too large.
     *
     * @param text an SQL expression of type text
     * @param mostBytes how large it may be
     */
    public String boundedText(String text, int mostBytes) {
        return marks.boundedText(text, mostBytes);
    }

    /**
     * Both sides of each promotion, in the order of the configuration.
     *
     * @param texts PostgreSQL's text of each column, by name; absent for NULL
     */
    public List<Reading> readings(Map<String, Optional<String>> texts) {
        Struct row = new Struct(schema);
        texts.forEach((column, text) -> text.ifPresent(present -> row.put(column, present)));
        return decoder.readings(row, marks);
    }
}
