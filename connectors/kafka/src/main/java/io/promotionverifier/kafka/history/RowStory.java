package io.promotionverifier.kafka.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.compare.Comparator;
import io.promotionverifier.core.compare.Outcome;
import io.promotionverifier.core.compare.Sides;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.pipeline.Rules;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.kafka.client.CommittedLog;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.json.EventType;
import io.promotionverifier.kafka.json.Json;
import io.promotionverifier.kafka.json.Members;
import io.promotionverifier.kafka.json.RunJson;
import io.promotionverifier.kafka.read.FindingFilter;
import io.promotionverifier.kafka.read.ReadEvent;
import io.promotionverifier.kafka.topic.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * All that is known of one row: each of its changes with what was said of it, and the turns of its findings, in the
 * order in which they were committed. A part that is no longer kept is missing; nothing else is. Confined to one
 * thread.
 */
public final class RowStory {
    private final Optional<PromotionId> promotion;
    private final String key;
    private final HistoryCodec codec = new HistoryCodec();
    private final Map<PromotionId, Comparator> judges = new HashMap<>();
    private final List<Chapter> chapters = new ArrayList<>();

    /** One event of the row; changes go before the turns that they caused. */
    private record Chapter(long checkpoint, String time, boolean turn, ObjectNode said) {
        private static final java.util.Comparator<Chapter> ORDER = java.util.Comparator.comparingLong(
                        Chapter::checkpoint)
                .thenComparing(Chapter::time)
                .thenComparing(Chapter::turn);
    }

    private RowStory(Optional<PromotionId> promotion, String key) {
        this.promotion = promotion;
        this.key = key;
    }

    /**
     * The story of a row.
     *
     * @param promotion of one promotion; absent: of all of its table
     * @param key its key as a JSON object, or the bare value of a key of one column
     * @return each event as its topic holds it, with its type as {@code event}; of a change also the outcomes
     * @throws io.promotionverifier.kafka.client.NotSetUpException if the topics are missing
     */
    public static List<ObjectNode> of(KafkaConnection connection, Optional<PromotionId> promotion, String key) {
        RowStory story = new RowStory(promotion, key);
        CommittedLog log = new CommittedLog(connection);
        log.read(Topic.HISTORY.named(connection.prefix()), story::history);
        log.read(Topic.FINDINGS.named(connection.prefix()), story::finding);
        story.supersede();
        return story.chapters.stream().sorted(Chapter.ORDER).map(Chapter::said).toList();
    }

    private void history(ConsumerRecord<String, byte[]> found) {
        Optional<ReadEvent> read = isPlainly(found) ? ReadEvent.of(found) : Optional.empty();
        if (read.isEmpty()) {
            return;
        }
        ReadEvent event = read.get();
        switch (event.type().orElse(EventType.BARRIER)) {
            case RUN -> ofRun(RunJson.rules(event.value()));
            case CHECKPOINT -> ofRun(RunJson.rules(Members.member(event.value(), "run")));
            case CHANGE -> change(event, found);
            default -> {}
        }
    }

    /** Most records are of other rows: they are passed over by their key, unless the row has left that key. */
    private boolean isPlainly(ConsumerRecord<String, byte[]> found) {
        int bar = found.key() == null ? -1 : found.key().indexOf("|{");
        return bar < 0
                || FindingFilter.isKey(Json.parse(found.key().substring(bar + 1)), key)
                || new String(found.value(), java.nio.charset.StandardCharsets.UTF_8).contains("\"old_key\":{");
    }

    private void ofRun(List<Rules> rules) {
        codec.ofRun(rules);
        judges.clear();
        rules.forEach(each -> judges.put(each.promotion().id(), each.judge()));
    }

    private void change(ReadEvent event, ConsumerRecord<String, byte[]> found) {
        ObjectNode node = event.value();
        boolean truncated = Members.text(node, "op").equals("truncate");
        if (!truncated && !isRow(node.path("key")) && !isRow(node.path("old_key"))) {
            return;
        }
        Effect.ChangeRecorded change = codec.change(found);
        if (truncated && !isOfTable(change)) {
            return;
        }
        promotion.ifPresent(only -> ((ObjectNode) node.path("sides")).retain(only.value()));
        ObjectNode outcomes = node.putObject("outcomes");
        change.sides().forEach((id, sides) -> {
            if (promotion.map(id::equals).orElse(true)) {
                outcomes.set(id.value(), outcome(id, sides, change));
            }
        });
        tell(event, false, node.put("event", EventType.CHANGE.wireName()));
    }

    private boolean isRow(JsonNode found) {
        return found.isObject() && FindingFilter.isKey(found, key);
    }

    private boolean isOfTable(Effect.ChangeRecorded change) {
        return judges.values().stream()
                .map(Comparator::promotion)
                .filter(each -> promotion.map(each.id()::equals).orElse(true))
                .anyMatch(each -> each.table().equals(change.change().event().table()));
    }

    /** What was said of the version; null where how the run began is no longer kept. */
    private JsonNode outcome(PromotionId id, Sides sides, Effect.ChangeRecorded change) {
        Comparator judge = judges.get(id);
        if (judge == null) {
            return Json.object().nullNode();
        }
        RowKey row = change.change().event().key().orElseThrow();
        Outcome outcome = judge.judge(sides, row, change.change().position().commitTime());
        if (outcome instanceof Outcome.Mismatched mismatched) {
            return outcome("MISMATCHED").put("kind", mismatched.kind().name());
        }
        if (outcome instanceof Outcome.Explained explained) {
            return outcome("EXPLAINED").put("reason", explained.reason().name());
        }
        if (outcome instanceof Outcome.Unverifiable unverifiable) {
            return outcome("UNVERIFIABLE").put("reason", unverifiable.reason().name());
        }
        return outcome(outcome instanceof Outcome.Matched ? "MATCHED" : "ABSENT");
    }

    private static ObjectNode outcome(String name) {
        return Json.object().put("outcome", name);
    }

    private void tell(ReadEvent event, boolean turn, ObjectNode said) {
        chapters.add(new Chapter(event.checkpoint(), event.time().orElse(""), turn, said));
    }

    /** A mismatched version that its own transaction overwrote was never to be read. */
    private void supersede() {
        Map<Long, ObjectNode> latest = new HashMap<>();
        for (Chapter chapter : chapters) {
            if (!chapter.turn()) {
                ObjectNode before = latest.put(chapter.said().path("tx").asLong(), chapter.said());
                if (before != null) {
                    before.path("outcomes").forEach(RowStory::supersede);
                }
            }
        }
    }

    private static void supersede(JsonNode outcome) {
        if (outcome.path("outcome").asText().equals("MISMATCHED")) {
            ((ObjectNode) outcome).put("outcome", "SUPERSEDED");
        }
    }

    private void finding(ConsumerRecord<String, byte[]> found) {
        ReadEvent.of(found).ifPresent(event -> {
            ObjectNode node = event.value();
            boolean wanted = promotion
                    .map(only -> only.value().equals(node.path("promotion").asText()))
                    .orElse(true);
            if (wanted && isRow(node.path("key"))) {
                String type = event.type().map(EventType::wireName).orElse("");
                tell(event, true, node.put("event", type));
            }
        });
    }
}
