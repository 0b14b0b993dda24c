package io.promotionverifier.topics.read;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.stream.Arrival;
import io.promotionverifier.kafka.client.BrokerFailures;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.postgres.decode.RecordDecoder;
import io.promotionverifier.postgres.decode.UndecodableRecordException;
import io.promotionverifier.topics.decode.ChangeReader;
import io.promotionverifier.topics.decode.Place;
import io.promotionverifier.topics.decode.Redelivery;
import io.promotionverifier.topics.decode.Seen;
import io.promotionverifier.topics.decode.UnreadableTopicException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * The change topics of one connector as one stream of arrivals: whole transactions in commit order, and our heartbeats
 * between them. Confined to one thread, but for {@link #bookmarks}.
 *
 * <p>A row leaves when every partition has passed it. A busy partition shows that itself; an idle one has passed a
 * heartbeat when it was read to an end that was asked for some time after the heartbeat had been seen. The broker
 * promises no order between topics, so that is not proof: a record that comes after all is noticed, and ends the
 * reader.
 *
 * <p>Memory: at most {@value #MOST_RECORDS} records or {@value #MOST_BYTES} bytes of them for each partition, and what
 * one poll brings.
 */
public final class TopicReader implements AutoCloseable {
    static final int MOST_RECORDS = 10_000;
    static final long MOST_BYTES = 1 << 24;
    private static final int BATCH = 2_000;
    private static final long LINGER_NANOS = Duration.ofMillis(250).toNanos();

    private final KafkaConsumer<String, byte[]> consumer;
    private final String bootstrap;
    private final ChangeReader changes;
    private final RecordDecoder decoder;
    private final Lsn from;
    private final Bookmarks bookmarks;
    private final Merge<TopicPartition, Waiting> merge;
    private final Map<TopicPartition, Redelivery> seen = new HashMap<>();
    private final Map<TopicPartition, Long> targets = new HashMap<>();
    private final EnumMap<Seen.Overlooked, Long> overlooked = new EnumMap<>(Seen.Overlooked.class);
    private Place newest = Place.START;
    private long newestSeenNanos;
    private Place asked = Place.START;

    /** A record that waits for its turn. */
    private record Waiting(TopicPartition partition, long offset, Place place, SourceRecord record) {}

    private TopicReader(
            KafkaConsumer<String, byte[]> consumer,
            String bootstrap,
            ChangeReader changes,
            RecordDecoder decoder,
            Map<TopicPartition, Bookmarks.Mark> start,
            Bookmarks bookmarks) {
        this.consumer = consumer;
        this.bootstrap = bootstrap;
        this.changes = changes;
        this.decoder = decoder;
        this.from = bookmarks.from();
        this.bookmarks = bookmarks;
        this.merge = new Merge<>(consumer.assignment());
        start.forEach((partition, mark) -> seen.put(partition, new Redelivery(mark.end())));
    }

    /**
     * Opens a reader that goes on from a position; a topic or partition that the position does not know is read from
     * its beginning.
     *
     * @param topics the topics, all of which exist
     * @param changes reads their records
     * @param decoder makes arrivals of them
     */
    public static TopicReader open(
            KafkaConnection connection,
            ChangeTopics topics,
            Position position,
            ChangeReader changes,
            RecordDecoder decoder) {
        Map<String, ChangeTopics.Described> described = topics.describe();
        Map<String, String> ids = new HashMap<>();
        Map<TopicPartition, Bookmarks.Mark> start = new HashMap<>();
        Set<TopicPartition> fromBeginning = new HashSet<>();
        described.forEach((name, topic) -> {
            ids.put(name, topic.id());
            Position.Topic known =
                    position.topics().getOrDefault(name, new Position.Topic(topic.id(), Map.of(), Map.of()));
            for (int number = 0; number < topic.partitions(); number++) {
                TopicPartition partition = new TopicPartition(name, number);
                long passed = known.passed().getOrDefault(number, 0L);
                start.put(partition, new Bookmarks.Mark(passed, known.offsets().getOrDefault(number, 0L)));
                if (!known.offsets().containsKey(number)) {
                    fromBeginning.add(partition);
                }
            }
        });
        KafkaConsumer<String, byte[]> consumer = connection.unmovedConsumer();
        try {
            consumer.assign(start.keySet());
            start.forEach((partition, mark) -> consumer.seek(partition, mark.offset()));
            if (!fromBeginning.isEmpty()) { // of none, it would mean all
                consumer.seekToBeginning(fromBeginning);
            }
            Bookmarks bookmarks = new Bookmarks(position.from(), ids, start);
            return new TopicReader(consumer, connection.bootstrap(), changes, decoder, start, bookmarks);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** Where reading may go on. */
    public Bookmarks bookmarks() {
        return bookmarks;
    }

    /**
     * The next arrivals, perhaps none.
     *
     * @param patience how long to wait for records
     * @throws io.promotionverifier.topics.decode.UnreadableTopicException if a record is no change event
     * @throws LateRecordException if a record came after what follows it had been handed out
     * @throws io.promotionverifier.kafka.client.KafkaConnectorException if the broker fails, or no longer holds what
     *     comes next: {@link ChangeTopics#loss} then says so
     */
    public List<Arrival> next(Duration patience) {
        try {
            take(patience);
            pass();
            List<Arrival> arrivals = new ArrayList<>();
            merge.release(BATCH, waiting -> release(waiting, arrivals));
            makeRoom();
            return arrivals;
        } catch (KafkaException e) {
            throw BrokerFailures.of("read the change topics", bootstrap, e);
        }
    }

    /** How many records were passed over since this was asked last, by what they were. */
    public Map<Seen.Overlooked, Long> overlooked() {
        Map<Seen.Overlooked, Long> since = Map.copyOf(overlooked);
        overlooked.clear();
        return since;
    }

    private void overlook(Seen.Overlooked why) {
        overlooked.merge(why, 1L, Long::sum);
    }

    private void take(Duration patience) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(patience)) {
            String where =
                    "topic " + record.topic() + ", partition " + record.partition() + ", offset " + record.offset();
            Seen what = changes.read(where, record.value(), record.headers());
            if (what instanceof Seen.Change change) {
                take(new TopicPartition(record.topic(), record.partition()), record, change, where);
            } else {
                overlook(((Seen.Nothing) what).why());
            }
        }
    }

    private void take(
            TopicPartition partition, ConsumerRecord<String, byte[]> record, Seen.Change change, String where) {
        if (change.place().lastCommit() == 0 && merge.frontier(partition).lastCommit() > 0) {
            throw new LateRecordException(where + " does not tell the commit before it, and records before it do: the"
                    + " connector began anew without its stored offsets, and what it missed is not known");
        }
        Redelivery known = seen.computeIfAbsent(partition, any -> new Redelivery(0));
        if (!known.isNew(change.place(), change.identity())) {
            overlook(Seen.Overlooked.REPEATED);
            return;
        }
        if (isOutOfScope(change.place())) {
            overlook(Seen.Overlooked.OUT_OF_SCOPE);
            return;
        }
        Waiting waiting = new Waiting(partition, record.offset(), change.place(), change.record());
        if (!merge.add(partition, change.place(), waiting, record.serializedValueSize())) {
            throw new LateRecordException(where + " became visible only after what follows it had been read:"
                    + " the order of the row changes is not known there");
        }
        if (change.place().message() && change.place().compareTo(newest) > 0) {
            newest = change.place();
            newestSeenNanos = System.nanoTime();
        }
    }

    private boolean isOutOfScope(Place place) {
        return place.lastCommit() < from.value() && place.lsn() < from.value();
    }

    /** Idle partitions have passed the newest message, once they were read to an end that was asked for later. */
    private void pass() {
        if (newest.compareTo(asked) > 0 && System.nanoTime() - newestSeenNanos >= LINGER_NANOS) {
            asked = newest;
            targets.clear();
            targets.putAll(consumer.endOffsets(consumer.assignment()));
        }
        targets.entrySet().removeIf(target -> {
            TopicPartition partition = target.getKey();
            if (consumer.position(partition) < target.getValue()) {
                return false;
            }
            boolean behind = merge.frontier(partition).compareTo(asked) < 0;
            merge.passed(partition, asked);
            if (behind && merge.waiting(partition) == 0) {
                bookmarks.mark(partition, asked.lastCommit(), consumer.position(partition));
            }
            return true;
        });
    }

    private void release(Waiting waiting, List<Arrival> arrivals) {
        bookmarks.mark(waiting.partition(), waiting.place().lastCommit(), waiting.offset());
        try {
            decoder.decode(waiting.record()).ifPresent(arrivals::add);
        } catch (UndecodableRecordException e) {
            throw new UnreadableTopicException(
                    waiting.partition() + ", offset " + waiting.offset() + ": " + e.getMessage());
        }
    }

    private void makeRoom() {
        Set<TopicPartition> full = new HashSet<>();
        Set<TopicPartition> roomy = new HashSet<>();
        for (TopicPartition partition : consumer.assignment()) {
            if (merge.waiting(partition) > MOST_RECORDS || merge.weight(partition) > MOST_BYTES) {
                full.add(partition);
            } else if (merge.waiting(partition) <= MOST_RECORDS / 2 && merge.weight(partition) <= MOST_BYTES / 2) {
                roomy.add(partition);
            }
        }
        roomy.retainAll(consumer.paused());
        consumer.resume(roomy);
        consumer.pause(full);
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(2)));
    }
}
