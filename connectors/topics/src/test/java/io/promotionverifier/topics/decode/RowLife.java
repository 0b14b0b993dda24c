package io.promotionverifier.topics.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.stream.Arrival;
import io.promotionverifier.postgres.catalog.ColumnDescription;
import io.promotionverifier.postgres.decode.CapturedPromotion;
import io.promotionverifier.postgres.decode.CapturedTable;
import io.promotionverifier.postgres.decode.KeyForm;
import io.promotionverifier.postgres.decode.KeyPart;
import io.promotionverifier.postgres.decode.RecordDecoder;
import io.promotionverifier.postgres.decode.UnreadableMarks;
import io.promotionverifier.topics.decode.Seen.Overlooked;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The life of one row as SQL, and what a reader of its topic must make of the records, however the connector writes
 * them. The records come from the real engine, just now or as they were stored.
 */
final class RowLife {
    static final TableName TABLE = new TableName("public", "life");
    static final String DDL = "CREATE TABLE life (id bigint PRIMARY KEY, metadata jsonb, priority text, due numeric)";
    static final String OTHER = "CREATE TABLE elsewhere (id bigint PRIMARY KEY)";

    /** Each is a transaction. */
    static final List<String> STATEMENTS = List.of(
            "INSERT INTO life VALUES (1, '{\"priority\": \"low\"}', 'low', 1.50)",
            "UPDATE life SET priority = 'high' WHERE id = 1",
            "UPDATE life SET id = 2, metadata = NULL WHERE id = 1",
            "INSERT INTO elsewhere VALUES (7)",
            "SELECT pg_logical_emit_message(false, 'verifier.life', 'beat')",
            "DELETE FROM life WHERE id = 2",
            "TRUNCATE life");

    private static final JsonMapper JSON = new JsonMapper();
    private static final String PREFIX = "life";

    private RowLife() {}

    /** A record as it stands in a topic. */
    record Sample(String topic, Map<String, String> headers, Optional<String> value) {
        String line() {
            ObjectNode node = JSON.createObjectNode().put("topic", topic);
            ObjectNode all = node.putObject("headers");
            headers.forEach(all::put);
            return node.put("value", value.orElse(null)).toString();
        }

        static Sample parse(String line) {
            try {
                JsonNode node = JSON.readTree(line);
                Map<String, String> headers = new java.util.TreeMap<>();
                node.path("headers")
                        .properties()
                        .forEach(header ->
                                headers.put(header.getKey(), header.getValue().asText()));
                return new Sample(
                        node.path("topic").asText(),
                        headers,
                        Optional.of(node.path("value"))
                                .filter(JsonNode::isTextual)
                                .map(JsonNode::asText));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(e);
            }
        }

        private Headers kafkaHeaders() {
            Headers made = new RecordHeaders();
            headers.forEach((name, text) -> made.add(name, text.getBytes(StandardCharsets.UTF_8)));
            return made;
        }

        Seen readBy(ChangeReader reader) {
            byte[] bytes =
                    value.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null);
            return reader.read("topic " + topic, bytes, kafkaHeaders());
        }
    }

    static ConnectorForm form() {
        return new ConnectorForm(Map.of("topic.prefix", PREFIX));
    }

    private static ColumnDescription.Type type(String name) {
        return new ColumnDescription.Type(
                0,
                -1,
                "pg_catalog",
                name,
                name,
                name,
                'b',
                true,
                List.of(),
                Optional.empty(),
                true,
                ColumnDescription.Letters.ALL);
    }

    private static TopicTable table() {
        CapturedTable captured = new CapturedTable(
                TABLE,
                List.of(new KeyPart("id", KeyForm.NUMBER)),
                List.of(
                        new CapturedPromotion(
                                new DocumentPath("metadata", List.of("priority")),
                                "priority",
                                ColumnType.of(ColumnType.Kind.TEXT, "text")),
                        new CapturedPromotion(
                                new DocumentPath("metadata", List.of("due")),
                                "due",
                                ColumnType.of(ColumnType.Kind.NUMERIC, "numeric"))));
        Map<String, String> types = Map.of("id", "int8", "metadata", "jsonb", "priority", "text", "due", "numeric");
        return new TopicTable(
                captured,
                captured.columns().stream()
                        .map(name -> new TopicColumn(
                                name, type(types.getOrDefault(name, "text")), new TopicColumn.Fallback.None()))
                        .toList());
    }

    static ChangeReader reader(UnreadableMarks marks) {
        return new ChangeReader(form(), List.of(table()), marks);
    }

    /** All that is told, in order: the row changes, the message, and what is passed over. */
    private static List<String> told(List<Sample> samples) {
        UnreadableMarks marks = UnreadableMarks.random();
        ChangeReader reader = reader(marks);
        RecordDecoder decoder = new RecordDecoder(
                PREFIX,
                "verifier.life",
                content -> Optional.of(java.time.Instant.EPOCH),
                List.of(table().table()),
                marks);
        List<String> told = new ArrayList<>();
        for (Sample sample : samples) {
            Seen seen = sample.readBy(reader);
            if (seen instanceof Seen.Nothing nothing) {
                told.add(nothing.why().name());
            } else if (seen instanceof Seen.Change change) {
                decoder.decode(change.record()).ifPresent(arrival -> told.add(told(arrival)));
            }
        }
        return told;
    }

    private static String told(Arrival arrival) {
        if (!(arrival instanceof Arrival.Row row)) {
            return arrival.getClass().getSimpleName();
        }
        RowEvent event = row.event();
        return event.operation() + " " + event.key().map(Object::toString).orElse("all")
                + event.oldKey().map(old -> " was " + old).orElse("");
    }

    /** Whatever the form, the topics of the row and of the messages tell the same. */
    static void isToldBy(List<Sample> samples) {
        List<String> told =
                told(samples.stream().filter(sample -> !isTransaction(sample)).toList());
        assertThat(told.stream().filter(each -> !isOverlooked(each)))
                .containsExactly(
                        "INSERT {\"id\": 1}",
                        "UPDATE {\"id\": 1}",
                        "UPDATE {\"id\": 2} was {\"id\": 1}",
                        "Heartbeat",
                        "DELETE {\"id\": 2}",
                        "TRUNCATE all");
        assertThat(told.stream().filter(RowLife::isOverlooked))
                .containsExactlyInAnyOrder("TOMBSTONE", "TOMBSTONE", "OTHER_TABLE");
    }

    private static boolean isOverlooked(String told) {
        return Stream.of(Overlooked.values()).map(Enum::name).anyMatch(told::equals);
    }

    static boolean isTransaction(Sample sample) {
        return sample.topic().equals(PREFIX + ".transaction");
    }
}
