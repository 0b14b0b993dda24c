package io.promotionverifier.kafka.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.replay.Replay;
import io.promotionverifier.core.replay.Rulebook;
import io.promotionverifier.kafka.client.EventHeaders;
import io.promotionverifier.kafka.json.EventType;
import io.promotionverifier.kafka.json.Json;
import io.promotionverifier.kafka.publish.ToldEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Histories that earlier versions recorded, and what they published, record by record: the version of now must read
 * them and say the same, letter by letter. Each minor version keeps one more; none is ever changed.
 */
class OldHistoryTest {
    /** A record as it stood in a topic. */
    private record Line(String topic, String key, ObjectNode headers, String value) {
        static Line parse(String text) {
            JsonNode node = Json.parse(text);
            return new Line(
                    node.path("topic").asText(),
                    node.path("key").asText(),
                    (ObjectNode) node.path("headers"),
                    node.path("value").asText());
        }

        Optional<EventType> type() {
            return EventType.of(headers.path(EventHeaders.TYPE).asText());
        }

        String id() {
            return headers.path(EventHeaders.ID).asText();
        }

        Line with(String changed) {
            return new Line(topic, key, headers, changed);
        }

        ConsumerRecord<String, byte[]> record(long offset) {
            ConsumerRecord<String, byte[]> record =
                    new ConsumerRecord<>(topic, 0, offset, key, value.getBytes(StandardCharsets.UTF_8));
            headers.properties()
                    .forEach(header -> EventHeaders.add(
                            record.headers(), header.getKey(), header.getValue().asText()));
            return record;
        }
    }

    private static List<Line> kept(String version) {
        try (InputStream lines = OldHistoryTest.class.getResourceAsStream("/history/" + version + ".ndjson")) {
            assertThat(lines).as(version).isNotNull();
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Line::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Line> history(String version) {
        return kept(version).stream()
                .filter(line -> line.topic().equals("history"))
                .toList();
    }

    /** What was published, by type, id and content, in the order of each topic. */
    private static List<String> published(String version) {
        return kept(version).stream()
                .filter(line -> !line.topic().equals("history") && line.type().isPresent())
                .filter(line -> line.type().get() != EventType.BARRIER)
                .map(line -> line.type().get() + " " + line.id() + " " + line.value())
                .toList();
    }

    private static List<String> replayed(List<Line> history) {
        Retelling retelling = new Retelling();
        HistoryReader reader = new HistoryReader("verifier.history", retelling);
        for (int i = 0; i < history.size(); i++) {
            reader.accept(history.get(i).record(i));
        }
        return List.of(retelling.findings, retelling.counters, retelling.aborts).stream()
                .flatMap(List::stream)
                .map(event -> event.type() + " " + event.id() + " " + event.json())
                .toList();
    }

    /** Tells a core what is read, and keeps what it says by topic. */
    private static final class Retelling implements Consumer<HistoryItem> {
        private final List<ToldEvent> findings = new ArrayList<>();
        private final List<ToldEvent> counters = new ArrayList<>();
        private final List<ToldEvent> aborts = new ArrayList<>();
        private Optional<Replay> replay = Optional.empty();

        @Override
        public void accept(HistoryItem item) {
            if (item instanceof HistoryItem.Began began) {
                replay = Optional.of(Replay.ofGeneration(began.generation(), began.start(), Rulebook.OF_THEN));
            } else if (item instanceof HistoryItem.Told told) {
                for (Effect effect : replay.orElseThrow().step(told.recorded())) {
                    ToldEvent.of(effect).ifPresent(this::keep);
                }
            }
        }

        private void keep(ToldEvent event) {
            switch (event.type()) {
                case COUNTERS -> counters.add(event);
                case ABORT_RAISED, ABORT_CLEARED, GATE_OVERRIDDEN -> aborts.add(event);
                default -> findings.add(event);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "0.1")
    void whatAnEarlierVersionRecordedIsJudgedAsThatVersionJudgedIt(String version) {
        assertThat(replayed(history(version))).isNotEmpty().isEqualTo(published(version));
    }

    @ParameterizedTest
    @ValueSource(strings = "0.1")
    void itHoldsManyKindsOfRecords(String version) {
        assertThat(history(version).stream()
                        .flatMap(line -> line.type().stream())
                        .collect(Collectors.toSet()))
                .contains(
                        EventType.GENERATION,
                        EventType.RUN,
                        EventType.CHECKPOINT,
                        EventType.CHECKPOINT_ENTRY,
                        EventType.CHANGE,
                        EventType.TIME,
                        EventType.COMMAND_APPLIED,
                        EventType.CENSUS_BEGUN,
                        EventType.CENSUS_CHUNK,
                        EventType.CENSUS_ENDED);
        assertThat(published(version).stream().map(event -> event.substring(0, event.indexOf(' '))))
                .contains(
                        "FINDING_OPENED",
                        "FINDING_CONFIRMED",
                        "FINDING_CONVERGED",
                        "FINDING_RESOLVED",
                        "COUNTERS",
                        "ABORT_RAISED",
                        "ABORT_CLEARED");
    }

    @Test
    void membersOfANewerVersionArePassedOver() {
        List<Line> newer = history("0.1").stream()
                .map(line -> line.with(Json.text(widened(Json.parse(line.value())))))
                .toList();
        assertThat(replayed(newer)).isEqualTo(published("0.1"));
    }

    /** One more member in the record and in each of its parts that is read by name. */
    private static JsonNode widened(JsonNode value) {
        ObjectNode node = (ObjectNode) value;
        node.putObject("since_a_newer_version").put("said", 1);
        node.path("sides").forEach(OldHistoryTest::widen);
        if (node.path("promotions") instanceof ArrayNode promotions) {
            promotions.forEach(OldHistoryTest::widen);
        }
        return node;
    }

    private static void widen(JsonNode part) {
        if (part instanceof ObjectNode node) {
            node.put("since_a_newer_version", true);
        }
    }

    @Test
    void whatANewerVersionMayMeanOtherwiseIsRefusedByName() {
        refuses(value -> value.replace("\"op\":\"update\"", "\"op\":\"merge\""), "member \"op\"", "Operation");
        refuses(value -> value.replaceAll("\"length\":\\d+", "\"length\":\"long\""), "member \"length\"");
        refuses(value -> value.replace("\"order\":", "\"rank\":"), "member \"order\" is missing");
    }

    private static void refuses(UnaryOperator<String> change, String... words) {
        List<Line> newer = history("0.1").stream()
                .map(line -> line.type().equals(Optional.of(EventType.CHANGE))
                        ? line.with(change.apply(line.value()))
                        : line)
                .toList();
        assertThatThrownBy(() -> replayed(newer))
                .isInstanceOf(HistoryHoleException.class)
                .hasMessageContaining("cannot be read")
                .hasMessageContainingAll(words);
    }
}
