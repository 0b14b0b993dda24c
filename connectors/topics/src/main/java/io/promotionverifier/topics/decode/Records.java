package io.promotionverifier.topics.decode;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.topics.decode.ChangeReader.Event;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Envelopes as our own engine hands them over, with as much in them as the decoder reads. */
final class Records {
    private static final Schema SOURCE = SchemaBuilder.struct()
            .field("schema", Schema.STRING_SCHEMA)
            .field("table", Schema.STRING_SCHEMA)
            .field("txId", Schema.OPTIONAL_INT64_SCHEMA)
            .field("lsn", Schema.OPTIONAL_INT64_SCHEMA)
            .field("ts_us", Schema.OPTIONAL_INT64_SCHEMA)
            .field("origin", Schema.OPTIONAL_STRING_SCHEMA)
            .build();
    private static final Schema MESSAGE = SchemaBuilder.struct()
            .field("prefix", Schema.STRING_SCHEMA)
            .field("content", Schema.BYTES_SCHEMA)
            .build();
    private static final Schema MESSAGE_ENVELOPE = SchemaBuilder.struct()
            .field("source", SOURCE)
            .field("message", MESSAGE)
            .build();

    private Records() {}

    private static Map<String, Object> offset(Place place) {
        Map<String, Object> offset = new HashMap<>();
        if (place.lastCommit() > 0) {
            offset.put("lsn_commit", place.lastCommit());
        }
        return offset;
    }

    static SourceRecord message(String server, Place place, String prefix, byte[] content) {
        Struct source = new Struct(SOURCE).put("schema", "").put("table", "").put("lsn", place.lsn());
        if (!place.message()) {
            source.put("txId", place.transaction());
        }
        Struct message = new Struct(MESSAGE).put("prefix", prefix).put("content", content);
        Struct value = new Struct(MESSAGE_ENVELOPE).put("source", source).put("message", message);
        return new SourceRecord(Map.of(), offset(place), server + ".message", MESSAGE_ENVELOPE, value);
    }

    static SourceRecord change(
            String server, TableName table, Place place, Event event, Optional<Struct> key, Optional<Struct> after) {
        SchemaBuilder envelope = SchemaBuilder.struct().field("source", SOURCE).field("op", Schema.STRING_SCHEMA);
        after.ifPresent(row -> envelope.field("after", row.schema()));
        Schema schema = envelope.build();
        Struct value =
                new Struct(schema).put("source", source(table, place, event)).put("op", event.op());
        after.ifPresent(row -> value.put("after", row));
        return new SourceRecord(
                Map.of(),
                offset(place),
                server + ".change",
                null,
                key.map(Struct::schema).orElse(null),
                key.orElse(null),
                schema,
                value);
    }

    private static Struct source(TableName table, Place place, Event event) {
        Struct source = new Struct(SOURCE)
                .put("schema", table.schema())
                .put("table", table.name())
                .put("txId", place.transaction())
                .put("lsn", place.lsn())
                .put("ts_us", place.micros());
        if (event.source().path("origin").isTextual()) {
            source.put("origin", event.source().path("origin").textValue());
        }
        return source;
    }
}
