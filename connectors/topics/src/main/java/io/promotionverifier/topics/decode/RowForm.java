package io.promotionverifier.topics.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.promotionverifier.postgres.decode.ColumnText;
import io.promotionverifier.postgres.decode.KeyPart;
import io.promotionverifier.postgres.decode.UnreadableMarks;
import io.promotionverifier.topics.decode.ChangeReader.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** One table's rows, from JSON to the form in which our own engine hands them over. Immutable. */
final class RowForm {
    private final TopicTable table;
    private final String server;
    private final List<ValueText> values = new ArrayList<>();
    private final Map<String, ValueText> byName = new HashMap<>();
    private final Schema keySchema;

    RowForm(TopicTable table, ConnectorForm form, UnreadableMarks marks) {
        this.table = table;
        this.server = form.prefix();
        for (TopicColumn column : table.columns()) {
            ValueText value = new ValueText(column, form, marks);
            values.add(value);
            byName.put(column.name(), value);
        }
        SchemaBuilder key = SchemaBuilder.struct();
        table.columns().stream()
                .filter(column -> isKey(column.name()))
                .forEach(column -> key.field(column.name(), text(column)));
        this.keySchema = key.build();
    }

    private boolean isKey(String column) {
        return table.table().key().stream().map(KeyPart::name).anyMatch(column::equals);
    }

    private static Schema text(TopicColumn column) {
        return SchemaBuilder.string()
                .optional()
                .name(ColumnText.schemaName(column.type().name()))
                .build();
    }

    /** The record; {@code rekeyed} for the delete half of a key update, whose other half names the old key. */
    SourceRecord record(Event event, Place place, Optional<JsonNode> oldKey, boolean rekeyed) {
        Optional<Struct> after = image(event, "after").map(image -> row(image, schemaOf(event, "after")));
        Optional<Struct> key = keyImage(event).map(image -> key(image, schemaOf(event, keyMember(event))));
        SourceRecord record = Records.change(server, table.table().name(), place, event, key, after);
        oldKey.ifPresent(old -> record.headers().add("__debezium.oldkey", key(old, Optional.empty()), keySchema));
        if (rekeyed) {
            record.headers().addString("__debezium.newkey", "");
        }
        return record;
    }

    /** What tells two rows of one place apart. */
    String identity(Event event) {
        return keyImage(event)
                .map(image -> {
                    StringBuilder key = new StringBuilder();
                    table.table()
                            .key()
                            .forEach(part -> key.append(image.path(part.name())).append('|'));
                    return key.toString();
                })
                .orElse("");
    }

    private static String keyMember(Event event) {
        return event.op().equals("d") ? "before" : "after";
    }

    private static Optional<JsonNode> keyImage(Event event) {
        return image(event, keyMember(event));
    }

    private static Optional<JsonNode> image(Event event, String member) {
        JsonNode image = event.payload().path(member);
        return image.isObject() ? Optional.of(image) : Optional.empty();
    }

    private static Optional<JsonNode> schemaOf(Event event, String member) {
        return event.schema().flatMap(schema -> field(schema, member));
    }

    private static Optional<JsonNode> field(JsonNode schema, String name) {
        for (JsonNode field : schema.path("fields")) {
            if (field.path("field").asText().equals(name)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    private Struct row(JsonNode image, Optional<JsonNode> schema) {
        SchemaBuilder present = SchemaBuilder.struct().optional();
        table.columns().stream()
                .filter(column -> image.has(column.name()))
                .forEach(column -> present.field(column.name(), text(column)));
        Struct row = new Struct(present.build());
        for (ValueText value : values) {
            if (image.has(value.name())) {
                row.put(value.name(), textOf(value, image, schema));
            }
        }
        return row;
    }

    private Struct key(JsonNode image, Optional<JsonNode> schema) {
        Struct key = new Struct(keySchema);
        table.table().key().forEach(part -> {
            ValueText value = byName.get(part.name());
            if (value != null && image.has(part.name())) {
                key.put(part.name(), textOf(value, image, schema));
            }
        });
        return key;
    }

    private static @Nullable String textOf(ValueText value, JsonNode image, Optional<JsonNode> schema) {
        return value.of(image.path(value.name()), schema.flatMap(row -> field(row, value.name())));
    }
}
