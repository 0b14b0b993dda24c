package io.promotionverifier.kafka.state;

import io.promotionverifier.core.settle.Room;
import io.promotionverifier.kafka.client.CommittedLog;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.client.LogEnd;
import io.promotionverifier.kafka.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the last committed checkpoint. Stateless; every method throws
 * {@link io.promotionverifier.kafka.client.NotSetUpException} without the topic, {@link StateCorruptException} for a
 * state that no verifier wrote, and {@link io.promotionverifier.kafka.client.BrokerUnreachableException} without a
 * broker.
 */
public final class StateReader {
    /** How long the markers of a committed transaction may take to arrive. */
    public static final Duration MARKER_PATIENCE = Duration.ofSeconds(20);

    private static final int ATTEMPTS = 3;

    private final KafkaConnection connection;
    private final Duration markerPatience;
    private final String topic;

    public StateReader(KafkaConnection connection) {
        this(connection, MARKER_PATIENCE);
    }

    StateReader(KafkaConnection connection, Duration markerPatience) {
        this.connection = connection;
        this.markerPatience = markerPatience;
        this.topic = Topic.STATE.named(connection.prefix());
    }

    /**
     * The fold of the whole topic, for the one who goes on writing: nobody else may have a transaction open.
     *
     * @param mostBytes what the rows that are remembered may take, as {@link Room} estimates it
     * @throws io.promotionverifier.kafka.client.UnfinishedTransactionException if somebody has
     * @throws StateTooLargeException if they take more
     */
    public StateFold.Folded settled(long mostBytes) {
        StateFold fold = new StateFold(topic, mostBytes);
        new CommittedLog(connection).read(topic, settledEnd(), into(fold));
        return fold.end();
    }

    /** The keys of all live entries. */
    public Set<String> keys() {
        Set<String> keys = new HashSet<>();
        new CommittedLog(connection).read(topic, record -> {
            if (record.value() == null) {
                keys.remove(key(record));
            } else {
                keys.add(key(record));
            }
        });
        keys.removeAll(List.of(StateChain.HEAD_KEY, StateFold.BARRIER_KEY));
        return keys;
    }

    private long settledEnd() {
        try (Admin admin = connection.admin()) {
            LogEnd.awaitSettled(admin, connection.bootstrap(), List.of(topic), markerPatience);
            return LogEnd.of(admin, connection.bootstrap(), topic).stable();
        }
    }

    /** The last committed checkpoint, also while a verifier is writing the next; absent before {@code setup}. */
    public Optional<RestoredState> latest() {
        return latest(Long.MAX_VALUE);
    }

    /**
     * The same within bounds.
     *
     * @param mostBytes what the rows that are remembered may take, as {@link Room} estimates it
     * @throws StateTooLargeException if they take more
     */
    public Optional<RestoredState> latest(long mostBytes) {
        return latest(() -> new StateFold(topic, mostBytes));
    }

    /**
     * The head that was written last, alone: what it costs does not depend on what the state remembers. Whether the
     * entries that it counts are all there, {@link #verifiedHead()} tells, which is asked when anything but a barrier
     * lies behind the head: no verifier leaves that.
     */
    public Optional<LastHead> lastHead() {
        return new CommittedLog(connection)
                .last(topic, found -> !key(found).equals(StateFold.BARRIER_KEY))
                .filter(found -> key(found).equals(StateChain.HEAD_KEY))
                .map(this::head)
                .map(found -> new LastHead(found.read(), found.written()))
                .or(this::verifiedHead);
    }

    /** The head of a state that was verified entry by entry. */
    public Optional<LastHead> verifiedHead() {
        return latest(() -> StateFold.ofHead(topic)).map(state -> new LastHead(state.head(), state.written()));
    }

    private StoredHead head(ConsumerRecord<String, byte[]> found) {
        return new StoredHead(
                topic, Optional.ofNullable(found.value()), found.offset(), Instant.ofEpochMilli(found.timestamp()));
    }

    private Optional<RestoredState> latest(Supplier<StateFold> fold) {
        for (int attempt = 1; ; attempt++) {
            try {
                StateFold next = fold.get();
                new CommittedLog(connection).read(topic, into(next));
                return next.end().state();
            } catch (StateCorruptException perhapsCompactedMeanwhile) {
                if (attempt == ATTEMPTS) {
                    throw perhapsCompactedMeanwhile;
                }
            }
        }
    }

    private static Consumer<ConsumerRecord<String, byte[]>> into(StateFold fold) {
        return found -> fold.accept(
                key(found),
                Optional.ofNullable(found.value()),
                found.offset(),
                Instant.ofEpochMilli(found.timestamp()));
    }

    private static String key(ConsumerRecord<String, byte[]> record) {
        return Optional.ofNullable(record.key()).orElse("");
    }
}
