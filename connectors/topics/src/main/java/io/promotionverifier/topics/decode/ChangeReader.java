package io.promotionverifier.topics.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.postgres.decode.UnreadableMarks;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads one record of a change topic, with or without its schema. Immutable; keys come from the row images, so that it
 * does not matter how the record's own key is written.
 */
public final class ChangeReader {
    private static final int LONGEST_NUMBER = 200_000;
    private static final long MICROS_PER_MILLI = 1_000;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final ConnectorForm form;
    private final Map<TableName, RowForm> tables = new HashMap<>();

    /**
     * @param form how the connector writes
     * @param tables what is captured
     * @param marks what is put in place of a value that cannot be told
     */
    public ChangeReader(ConnectorForm form, List<TopicTable> tables, UnreadableMarks marks) {
        this.form = form;
        tables.forEach(table -> this.tables.put(table.table().name(), new RowForm(table, form, marks)));
    }

    /** The {@code server} under which the records' topics are to be understood. */
    public String server() {
        return form.prefix();
    }

    /**
     * What a record is.
     *
     * @param where topic, partition and offset, for people
     * @throws UnreadableTopicException if it is no change event, or does not tell its place
     */
    public Seen read(String where, byte @Nullable [] value, Headers headers) {
        if (value == null) {
            return new Seen.Nothing(Seen.Overlooked.TOMBSTONE);
        }
        JsonNode whole = tree(where, value);
        boolean withSchema = whole.has("schema") && whole.has("payload");
        JsonNode payload = withSchema ? whole.path("payload") : whole;
        Optional<JsonNode> schema = withSchema ? Optional.of(whole.path("schema")) : Optional.empty();
        if (payload.isNull()) {
            return new Seen.Nothing(Seen.Overlooked.TOMBSTONE);
        }
        JsonNode source = payload.path("source");
        String op = payload.path("op").asText();
        if (!source.isObject() || op.isEmpty()) {
            throw new UnreadableTopicException(where + " is no change event of Debezium: it has no op and source, as"
                    + " when ExtractNewRecordState has flattened it; such topics cannot be read");
        }
        if (op.equals("r")) {
            return new Seen.Nothing(Seen.Overlooked.SNAPSHOT_READ);
        }
        if (op.equals("m")) {
            return message(where, payload, source);
        }
        RowForm table = tables.get(new TableName(
                source.path("schema").asText(), source.path("table").asText()));
        return table == null
                ? new Seen.Nothing(Seen.Overlooked.OTHER_TABLE)
                : change(new Event(where, op, payload, schema), table, headers);
    }

    /**
     * One change event.
     *
     * @param where topic, partition and offset
     * @param op Debezium's letter
     * @param payload the envelope
     * @param schema its schema, where records carry one
     */
    record Event(String where, String op, JsonNode payload, Optional<JsonNode> schema) {
        JsonNode source() {
            return payload.path("source");
        }
    }

    private Seen change(Event event, RowForm table, Headers headers) {
        Place place = place(event.where(), event.source());
        Optional<JsonNode> oldKey = key(headers, "__debezium.oldkey");
        Optional<JsonNode> newKey = key(headers, "__debezium.newkey");
        SourceRecord record = table.record(event, place, oldKey, newKey.isPresent());
        return new Seen.Change(place, event.op() + table.identity(event), record);
    }

    private Seen message(String where, JsonNode payload, JsonNode source) {
        JsonNode message = payload.path("message");
        boolean transactional = source.path("txId").isIntegralNumber();
        long lsn = number(where, source, "lsn");
        Place place = transactional ? place(where, source) : Place.ofMessage(lsn);
        String prefix = message.path("prefix").asText();
        byte[] content = bytes(message.path("content"));
        return new Seen.Change(place, "m" + prefix, Records.message(form.prefix(), place, prefix, content));
    }

    private byte[] bytes(JsonNode content) {
        String text = content.asText();
        try {
            return switch (form.binary()) {
                case "hex" -> HexFormat.of().parseHex(text.toLowerCase(Locale.ROOT));
                case "base64-url-safe" -> Base64.getUrlDecoder().decode(text);
                default -> Base64.getDecoder().decode(text);
            };
        } catch (IllegalArgumentException notOurs) {
            return new byte[0];
        }
    }

    private static Place place(String where, JsonNode source) {
        long millis = number(where, source, "ts_ms");
        long micros = source.path("ts_us").isIntegralNumber()
                ? source.path("ts_us").longValue()
                : Math.multiplyExact(millis, MICROS_PER_MILLI);
        return new Place(
                lastCommit(where, source), false, micros, number(where, source, "txId"), number(where, source, "lsn"));
    }

    private static long number(String where, JsonNode source, String name) {
        JsonNode number = source.path(name);
        if (!number.isIntegralNumber()) {
            throw new UnreadableTopicException(
                    where + " does not tell source." + name + ", without which its place in the log is not known");
        }
        return number.longValue();
    }

    /** {@code "[\"24023119\",\"24023128\"]"}; the first is null until the connector has seen its first commit. */
    private static long lastCommit(String where, JsonNode source) {
        try {
            JsonNode sequence = JSON.readTree(source.path("sequence").asText());
            JsonNode last = sequence.path(0);
            if (sequence.isArray() && sequence.size() == 2) {
                return last.isNull() ? 0 : Long.parseLong(last.asText());
            }
        } catch (JsonProcessingException | NumberFormatException malformed) {
            throw new UnreadableTopicException(where + " has a source.sequence of an unknown form", malformed);
        }
        throw new UnreadableTopicException(
                where + " does not tell source.sequence: Debezium before 1.5 has no order over several topics");
    }

    /** The other half of a key update, where the header's converter wrote it as JSON. */
    private static Optional<JsonNode> key(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        if (header == null || header.value() == null) {
            return Optional.empty();
        }
        try {
            JsonNode whole = JSON.readTree(header.value());
            JsonNode key = whole.has("schema") && whole.has("payload") ? whole.path("payload") : whole;
            return key.isObject() ? Optional.of(key) : Optional.empty();
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    private static JsonNode tree(String where, byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException notJson) {
            // The cause would print the value.
            throw new UnreadableTopicException(
                    where + " is no JSON: only topics of Connect's JsonConverter can be read");
        }
    }
}
