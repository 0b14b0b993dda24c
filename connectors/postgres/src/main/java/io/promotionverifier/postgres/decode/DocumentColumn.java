package io.promotionverifier.postgres.decode;

import io.promotionverifier.core.change.DocumentValue;
import io.promotionverifier.core.change.DocumentValue.Absence;
import io.promotionverifier.core.change.DocumentValue.Shape;
import io.promotionverifier.core.change.Unreadable;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/** One document column of a table and the paths that promotions read in it. Immutable. */
final class DocumentColumn {
    private final String name;
    private final List<List<String>> paths;
    private final DocumentReader reader;

    DocumentColumn(String name, List<List<String>> paths) {
        this.name = name;
        this.paths = paths;
        this.reader = new DocumentReader(paths);
    }

    /** The values under the paths, in their order. */
    List<DocumentValue> read(Struct row, UnreadableMarks marks) {
        Field field = row.schema().field(name);
        Optional<String> type = field == null ? Optional.empty() : ColumnText.typeOf(field);
        if (field == null || type.isEmpty()) {
            return all(new DocumentValue.Unavailable(Unreadable.SCHEMA));
        }
        String text = ColumnText.textOf(row, field);
        if (text == null) {
            return all(new DocumentValue.Absent(Absence.NULL_DOCUMENT));
        }
        Optional<Unreadable> why = marks.reason(text);
        if (why.isPresent()) {
            return all(new DocumentValue.Unavailable(why.get()));
        }
        return switch (type.get()) {
            case "jsonb" -> reader.read(text, true);
            case "json" -> reader.read(text, false);
            default -> paths.stream().map(path -> plain(path, type.get(), text)).toList();
        };
    }

    /** A column that is no JSON can be compared as a whole only; the blanks that pad a char are none of its text. */
    private static DocumentValue plain(List<String> path, String type, String text) {
        return path.isEmpty()
                ? new DocumentValue.Present(Shape.PLAIN, type.equals("bpchar") ? text.replaceFirst(" +$", "") : text)
                : new DocumentValue.Unavailable(Unreadable.SCHEMA);
    }

    private List<DocumentValue> all(DocumentValue value) {
        return Collections.nCopies(paths.size(), value);
    }
}
