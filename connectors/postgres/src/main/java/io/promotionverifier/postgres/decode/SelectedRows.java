package io.promotionverifier.postgres.decode;

import io.promotionverifier.core.change.Reading;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/**
 * The rows of one table as a SELECT gives them, read by the rules by which the stream's are read: the values are put
 * into the form in which captured ones travel. Immutable; safe for use by many threads.
 */
public final class SelectedRows {
    private final TableDecoder decoder;
    private final List<String> columns;
    private final UnreadableMarks marks = UnreadableMarks.random();

    private final int mostBytes;

    /**
     * @param table the table
     * @param mostBytes how large a value may be, at most {@link RowRoom#mostBytes}
     */
    public SelectedRows(CapturedTable table, int mostBytes) {
        this.mostBytes = mostBytes;
        this.decoder = new TableDecoder(table);
        this.columns = table.promotions().stream()
                .flatMap(promotion -> java.util.stream.Stream.of(
                        promotion.column(), promotion.from().column()))
                .distinct()
                .toList();
    }

    /**
     * A value of a row.
     *
     * @param typeName {@code typname} of its type
     * @param text the value as {@link #boundedText} gives it; absent for NULL
     */
    public record Cell(String typeName, Optional<String> text) {}

    /** The columns to select, each once. */
    public List<String> columns() {
        return columns;
    }

    /**
     * The text of a value in SQL, or what stands for one that is too large for our memory.
     *
     * @param value an SQL expression
     */
    public String boundedText(String value) {
        return marks.boundedText(value + "::text", mostBytes);
    }

    /**
     * Both sides of each promotion, in the order of the configuration.
     *
     * @param cells one for each of {@link #columns()}, in its order
     */
    public List<Reading> readings(List<Cell> cells) {
        SchemaBuilder builder = SchemaBuilder.struct();
        for (int i = 0; i < cells.size(); i++) {
            builder.field(columns.get(i), ColumnText.schema(cells.get(i).typeName()));
        }
        Schema schema = builder.build();
        Struct row = new Struct(schema);
        for (int i = 0; i < cells.size(); i++) {
            row.put(columns.get(i), cells.get(i).text().orElse(null));
        }
        return decoder.readings(row, marks);
    }
}
