package io.promotionverifier.kafka.publish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.pipeline.Checkpoint;
import io.promotionverifier.core.pipeline.CoreState;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.pipeline.PromotionStatus;
import io.promotionverifier.core.settle.Room;
import io.promotionverifier.kafka.client.CommittedLog;
import io.promotionverifier.kafka.client.EventHeaders;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.client.KafkaConnectorException;
import io.promotionverifier.kafka.client.LogEnd;
import io.promotionverifier.kafka.json.Lag;
import io.promotionverifier.kafka.json.StatusJson;
import io.promotionverifier.kafka.state.Anchor;
import io.promotionverifier.kafka.state.RestoredState;
import io.promotionverifier.kafka.state.StateChain;
import io.promotionverifier.kafka.state.StateCorruptException;
import io.promotionverifier.kafka.state.StateFold;
import io.promotionverifier.kafka.state.StateReader;
import io.promotionverifier.kafka.state.StateRecord;
import io.promotionverifier.kafka.topic.Topic;
import io.promotionverifier.kafka.topic.TopicAdmin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The only writer of a verifier's topics but the commands: effects and the checkpoint they led to, in one Kafka
 * transaction. Belongs to one thread, the one that walks the line.
 *
 * <p>Order: {@link #open}, {@link #restore}, then {@link #publish} and {@link #commit} for ever, or {@link #begin} for
 * a new generation. After {@code commit} returns, everything is durable and visible; before it, nothing is visible. The
 * order of effects is the order in each topic.
 *
 * <p>Every method throws {@link FencedException} when another publisher took over; {@link PublishFailedException} and
 * {@link io.promotionverifier.kafka.client.BrokerUnreachableException} when Kafka cannot; after any of them this
 * publisher is dead, and a new one goes on from the last committed checkpoint.
 */
public final class CheckpointPublisher implements AutoCloseable {
    private final KafkaConnection connection;
    private final EventRecords records;
    private final CheckpointTransaction transaction;
    private Optional<StateChain> chain = Optional.empty();
    private Optional<Effect.RunRecorded> run = Optional.empty();

    private CheckpointPublisher(KafkaConnection connection, EventRecords records, CheckpointTransaction transaction) {
        this.connection = connection;
        this.records = records;
        this.transaction = transaction;
    }

    /**
     * Takes over: fences every other publisher of this prefix and source, and settles the partitions in which a
     * coordinator lost the markers of a finished transaction (KAFKA-20734).
     *
     * @param sourceName with the prefix it makes the transactional id
     * @param history whether the history is kept
     * @throws io.promotionverifier.kafka.client.BrokerUnreachableException within ten seconds
     * @throws io.promotionverifier.kafka.client.NotSetUpException if a topic is missing
     */
    public static CheckpointPublisher open(KafkaConnection connection, String sourceName, boolean history) {
        try (TopicAdmin admin = new TopicAdmin(connection)) {
            admin.brokers();
        }
        EventRecords records = new EventRecords(connection.prefix(), sourceName, history);
        CheckpointTransaction transaction =
                new CheckpointTransaction(connection, connection.prefix() + "." + sourceName);
        CheckpointPublisher publisher = new CheckpointPublisher(connection, records, transaction);
        try {
            publisher.takeOver();
            return publisher;
        } catch (KafkaConnectorException failure) {
            publisher.closeAfter(failure);
            throw failure;
        }
    }

    private void takeOver() {
        requireTopics();
        transaction.fence();
        raiseBarrier();
    }

    /** A producer would create missing topics, with the wrong settings, where the cluster allows it. */
    private void requireTopics() {
        try (Admin admin = connection.admin()) {
            LogEnd.of(admin, connection.bootstrap(), topics());
        }
    }

    /** A lost marker keeps the stable offset back for ever; one more transaction of the same producer writes it. */
    private void raiseBarrier() {
        try (Admin admin = connection.admin()) {
            LogEnd.of(admin, connection.bootstrap(), topics()).forEach((topic, end) -> {
                if (!end.settled()) {
                    transaction.send(records.barrier(topic, StateFold.BARRIER_KEY, end.end()));
                }
            });
        }
        transaction.commit();
    }

    private List<String> topics() {
        return Arrays.stream(Topic.values())
                .filter(topic -> topic != Topic.COMMANDS)
                .map(topic -> topic.named(connection.prefix()))
                .toList();
    }

    private void closeAfter(KafkaConnectorException failure) {
        try {
            close();
        } catch (KafkaConnectorException alsoBroken) {
            failure.addSuppressed(alsoBroken);
        }
    }

    /**
     * Reads the last committed checkpoint and makes ready to write the next.
     *
     * @return absent when there is none yet: {@code run} must refuse, {@code setup} may {@link #begin}
     * @throws io.promotionverifier.kafka.client.UnfinishedTransactionException if somebody else's transaction hides
     *     what we write from its readers
     * @throws StateCorruptException if it is not what a verifier wrote, or if it is empty although a verifier wrote
     *     elsewhere under this prefix: to begin at zero then would forget findings and aborts in silence
     */
    public Optional<RestoredState> restore() {
        return restore(Long.MAX_VALUE);
    }

    /**
     * The same within bounds.
     *
     * @param mostBytes what the rows that are remembered may take, as {@link Room} estimates it
     * @throws io.promotionverifier.kafka.state.StateTooLargeException if they take more
     */
    public Optional<RestoredState> restore(long mostBytes) {
        try (Admin admin = connection.admin()) {
            LogEnd.awaitSettled(admin, connection.bootstrap(), topics(), StateReader.MARKER_PATIENCE);
        }
        StateFold.Folded folded = new StateReader(connection).settled(mostBytes);
        if (folded.state().isEmpty()) {
            requireUnused();
        }
        chain = Optional.of(folded.chain());
        return folded.state();
    }

    private void requireUnused() {
        CommittedLog log = new CommittedLog(connection);
        for (Topic told : List.of(Topic.STATUS, Topic.ABORTS)) {
            String topic = told.named(connection.prefix());
            log.read(topic, record -> {
                if (record.headers().lastHeader(EventHeaders.CHECKPOINT) != null) {
                    throw new StateCorruptException("The state in " + Topic.STATE.named(connection.prefix())
                            + " is empty, but " + topic + " holds what a verifier told: the state was lost. Restore"
                            + " it from a copy, record by record and in order; or choose another kafka.prefix and run"
                            + " `setup`, which begins at zero.");
                }
            });
        }
    }

    private StateChain chain() {
        return chain.orElseThrow(() -> new IllegalStateException("restore() comes before everything else"));
    }

    /**
     * Begins a generation with its first checkpoint: all rows and tallies of an earlier one are forgotten, the history
     * gets a boundary.
     *
     * @param initial the first state
     * @param at source time of the setup
     */
    public void begin(CoreState initial, Anchor anchor, Instant at) {
        StateChain links = chain();
        String stamp = stamp(links);
        sendToHistory(records.generation(initial, at), links, stamp);
        links.beginsInHistory(Optional.empty());
        links.restart(new StateReader(connection).keys(), initial, anchor, this::send);
        transaction.commit();
    }

    /** Adds effects to the open transaction, in their order. */
    public void publish(List<Effect> effects) {
        StateChain links = chain();
        String stamp = stamp(links);
        for (Effect effect : effects) {
            if (effect instanceof Effect.Recorded) {
                sendToHistory(records.of(effect), links, stamp);
            } else {
                records.of(effect).ifPresent(record -> send(record, stamp));
            }
            if (effect instanceof Effect.RunRecorded begun) {
                run = Optional.of(begun);
            }
        }
    }

    /** What nobody keeps is numbered too: what is missing must be seen. */
    private void sendToHistory(Optional<ProducerRecord<String, byte[]>> record, StateChain links, String stamp) {
        String number = Long.toString(links.nextOfHistory());
        record.ifPresent(kept -> {
            EventHeaders.add(kept.headers(), EventHeaders.SEQUENCE, number);
            send(kept, stamp);
        });
    }

    /** True when the next checkpoint should be a whole one, so that a replay can begin there. */
    public boolean wantsWhole() {
        return run.isPresent() && chain().wantsWhole();
    }

    /**
     * Makes the checkpoint durable together with all effects published since the last one.
     *
     * @param lag observed meanwhile, shown in the statuses
     * @param statusDue whether the status topic gets its heartbeat with this checkpoint
     * @return the checkpoint's number
     */
    public long commit(Checkpoint checkpoint, Anchor anchor, Lag lag, boolean statusDue) {
        StateChain links = chain();
        String stamp = stamp(links);
        List<ObjectNode> statuses = new ArrayList<>();
        for (PromotionStatus status : checkpoint.statuses()) {
            ObjectNode json = StatusJson.of(status, lag);
            statuses.add(json);
            if (statusDue) {
                send(records.status(status, json, links.sequence() + 1), stamp);
            }
        }
        if (checkpoint.whole() && run.isPresent()) {
            records.whole(run.get(), checkpoint, stamp)
                    .forEach(record -> sendToHistory(Optional.of(record), links, stamp));
            links.beginsInHistory(checkpoint.state().streamTime());
        }
        links.next(checkpoint.state(), checkpoint.changed(), anchor, statuses, this::send);
        transaction.commit();
        return links.sequence();
    }

    /** Ties a result to its checkpoint: a result without the state of the same stamp was never committed with it. */
    private static String stamp(StateChain links) {
        return links.incarnation() + "/" + (links.sequence() + 1);
    }

    private void send(ProducerRecord<String, byte[]> record, String stamp) {
        EventHeaders.add(record.headers(), EventHeaders.CHECKPOINT, stamp);
        transaction.send(record);
    }

    private void send(StateRecord state) {
        transaction.send(new ProducerRecord<>(
                Topic.STATE.named(connection.prefix()),
                0,
                state.key(),
                state.value().orElse(null)));
    }

    /** The incarnation of this publisher: a later head with another one was written by someone else. */
    public long incarnation() {
        return chain().incarnation();
    }

    /** Somebody wants to end: a commit that waits for the broker is not asked for again. Safe from any thread. */
    public void hurry() {
        transaction.hurry();
    }

    /** Nobody waits for the broker any longer: the open checkpoint is given up. Safe from any thread. */
    public void giveUp() {
        transaction.giveUp();
    }

    /** Ends; an open transaction is given up. */
    @Override
    public void close() {
        transaction.close();
    }
}
