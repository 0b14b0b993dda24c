package io.promotionverifier.app.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.kafka.history.CheckpointedEvents;
import io.promotionverifier.kafka.history.PublishedEvents.Published;
import io.promotionverifier.kafka.json.EventType;
import io.promotionverifier.kafka.json.Json;
import io.promotionverifier.kafka.json.MalformedJsonException;
import io.promotionverifier.kafka.publish.ToldEvent;
import io.promotionverifier.kafka.topic.Topic;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Holds what a replay says against what was published, topic by topic and checkpoint by checkpoint: by the policy of
 * then each checkpoint must hold the same events, byte by byte. Confined to one thread. Memory: the events of a
 * checkpoint, and those that are still without a partner.
 */
final class Comparison implements AutoCloseable {
    private static final List<Topic> TOPICS = List.of(Topic.FINDINGS, Topic.COUNTERS, Topic.ABORTS);

    private final ReplayScope scope;
    private final Map<Topic, Column> columns = new EnumMap<>(Topic.class);
    private final List<Difference> differences = new ArrayList<>();
    private long compared;
    private long notCompared;

    /** What is known of one topic. */
    private static final class Column {
        private final CheckpointedEvents live;
        private final List<ToldEvent> again = new ArrayList<>();
        private final Map<String, Difference> alone = new LinkedHashMap<>();

        Column(CheckpointedEvents live) {
            this.live = live;
        }
    }

    /** @param published what was published in a topic */
    Comparison(ReplayScope scope, Function<Topic, CheckpointedEvents> published) {
        this.scope = scope;
        for (Topic topic : TOPICS) {
            columns.put(topic, new Column(published.apply(topic)));
        }
    }

    /** What was published with checkpoints up to this one is not replayed. */
    void begins(long checkpoint) {
        columns.values().forEach(column -> column.live.skipTo(checkpoint));
    }

    /** The replay says an event, of the checkpoint that is not settled yet. */
    void said(ToldEvent event) {
        Objects.requireNonNull(columns.get(topic(event.type()))).again.add(event);
    }

    private static Topic topic(EventType type) {
        return switch (type) {
            case COUNTERS -> Topic.COUNTERS;
            case ABORT_RAISED, ABORT_CLEARED, GATE_OVERRIDDEN -> Topic.ABORTS;
            default -> Topic.FINDINGS;
        };
    }

    /**
     * All of a checkpoint has been said.
     *
     * @param counts whether it lies in the range that was asked for
     */
    void settle(long checkpoint, boolean counts) {
        columns.values().forEach(column -> {
            List<Published> live = live(column, checkpoint);
            List<ToldEvent> again = again(column);
            if (counts) {
                settle(column, live, again);
            }
        });
    }

    /**
     * The replay ended inside a checkpoint. What was published with it follows from its records in their order, so what
     * was said must be how it began; what came after that follows from later records, and is counted as not compared.
     *
     * @param counts whether it lies in the range that was asked for
     */
    void settlePart(long checkpoint, boolean counts) {
        columns.values().forEach(column -> {
            List<Published> live = live(column, checkpoint);
            List<ToldEvent> again = again(column);
            List<Published> reached = scope.otherPolicy()
                    ? ofIds(live, again.stream().map(ToldEvent::id).collect(Collectors.toSet()))
                    : live.subList(0, Math.min(live.size(), again.size()));
            if (counts) {
                notCompared += live.size() - reached.size();
                settle(column, reached, again);
            }
        });
    }

    /** By another policy the order says nothing: only what both say can be compared. */
    private static List<Published> ofIds(List<Published> live, Set<String> ids) {
        return live.stream().filter(event -> ids.contains(event.event().id())).toList();
    }

    private List<Published> live(Column column, long checkpoint) {
        return column.live.upTo(checkpoint).stream()
                .filter(event -> event.event().type().isPresent())
                .filter(event -> scope.compares(
                        event.event().type().orElseThrow(), event.event().value()))
                .toList();
    }

    private List<ToldEvent> again(Column column) {
        List<ToldEvent> again = column.again.stream().filter(this::compares).toList();
        column.again.clear();
        return again;
    }

    private boolean compares(ToldEvent event) {
        try {
            return Json.parse(event.json()) instanceof ObjectNode node && scope.compares(event.type(), node);
        } catch (MalformedJsonException impossible) {
            throw new IllegalStateException("an event that cannot be read", impossible);
        }
    }

    private void settle(Column column, List<Published> live, List<ToldEvent> again) {
        compared += again.size();
        if (isSame(live, again)) {
            return;
        }
        for (Published event : live) {
            meet(
                    column,
                    new Difference(
                            event.event().type().orElseThrow(),
                            event.event().id(),
                            Optional.of(event.json()),
                            Optional.empty()));
        }
        for (ToldEvent event : again) {
            meet(column, new Difference(event.type(), event.id(), Optional.empty(), Optional.of(event.json())));
        }
    }

    private static boolean isSame(List<Published> live, List<ToldEvent> again) {
        if (live.size() != again.size()) {
            return false;
        }
        for (int i = 0; i < live.size(); i++) {
            Published one = live.get(i);
            ToldEvent other = again.get(i);
            if (!one.event().id().equals(other.id())
                    || !one.event().type().equals(Optional.of(other.type()))
                    || !one.json().equals(other.json())) {
                return false;
            }
        }
        return true;
    }

    /** An event that is alone waits for its partner, which another policy may have published elsewhere. */
    private void meet(Column column, Difference event) {
        Difference partner = column.alone.remove(event.id());
        if (partner == null) {
            column.alone.put(event.id(), event);
            return;
        }
        Difference both = new Difference(
                event.type(),
                event.id(),
                event.live().or(partner::live),
                event.again().or(partner::again));
        if (!both.live().equals(both.again()) || event.type() != partner.type()) {
            differences.add(both);
        }
    }

    /** All differences, those without a partner last. */
    List<Difference> differences() {
        List<Difference> all = new ArrayList<>(differences);
        columns.values().forEach(column -> all.addAll(column.alone.values()));
        return all;
    }

    /** How many events the replay said that were compared. */
    long compared() {
        return compared;
    }

    /** How many events were published with the last checkpoint, and follow from what lies behind the range. */
    long notCompared() {
        return notCompared;
    }

    @Override
    public void close() {
        columns.values().forEach(column -> column.live.close());
    }
}
