package io.promotionverifier.kafka.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.kafka.client.CommittedLog;
import io.promotionverifier.kafka.client.EventHeaders;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.json.EventType;
import io.promotionverifier.kafka.json.Json;
import io.promotionverifier.kafka.json.Members;
import io.promotionverifier.kafka.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The history as it stands: where a replay can begin, and what follows. Needs to read the topic and nothing else.
 * Stateless; every method throws {@link io.promotionverifier.kafka.client.NotSetUpException} without the topic and
 * {@link io.promotionverifier.kafka.client.BrokerUnreachableException} without a broker.
 */
public final class HistoryLog {
    /** More than lies between two whole checkpoints, and what clocks may differ by. */
    private static final Duration BACK = Duration.ofHours(50);

    private final KafkaConnection connection;
    private final String topic;

    public HistoryLog(KafkaConnection connection) {
        this.connection = connection;
        this.topic = Topic.HISTORY.named(connection.prefix());
    }

    /** The topic's name. */
    public String topic() {
        return topic;
    }

    /** Where the history ends now: everything below is committed. */
    public long end() {
        return new CommittedLog(connection).stableEnd(topic);
    }

    /**
     * Where a replay can begin.
     *
     * @param offset the offset of the record
     * @param whole true for a checkpoint, false for the begin of a generation
     * @param lsn everything committed below it has been folded
     * @param time stream time; absent before the source showed any
     */
    public record Begin(long offset, boolean whole, Lsn lsn, Optional<Instant> time) {}

    /** What is asked of a begin: not behind a time, or not behind a position. */
    public sealed interface Wanted {
        /** Not behind this stream time. */
        record Time(Instant time) implements Wanted {}

        /** Not behind this position. */
        record Position(Lsn lsn) implements Wanted {}

        /** The very beginning of a generation. */
        record Beginning() implements Wanted {}
    }

    /** All that is known of the begins: the best one, and the first one, for a message. */
    public record Begins(Optional<Begin> best, Optional<Begin> first) {}

    /** The last begin that is not behind what is wanted; of beginnings, the first. */
    public Begins find(Wanted wanted, long end) {
        OptionalLong near = wanted instanceof Wanted.Time time
                ? new CommittedLog(connection).offsetAt(topic, time.time().minus(BACK))
                : OptionalLong.empty();
        Begins begins =
                near.isPresent() ? find(wanted, near.getAsLong(), end) : new Begins(Optional.empty(), Optional.empty());
        return begins.best().isPresent() ? begins : find(wanted, 0, end);
    }

    private Begins find(Wanted wanted, long from, long end) {
        Search search = new Search(wanted);
        new CommittedLog(connection).readWhile(topic, from, end, search);
        return new Begins(search.best, search.first);
    }

    /** Looks at the types of the records, and into those from which a replay can begin. */
    private static final class Search implements Predicate<ConsumerRecord<String, byte[]>> {
        private final Wanted wanted;
        private Optional<Begin> best = Optional.empty();
        private Optional<Begin> first = Optional.empty();

        Search(Wanted wanted) {
            this.wanted = wanted;
        }

        @Override
        public boolean test(ConsumerRecord<String, byte[]> found) {
            Optional<EventType> type =
                    EventHeaders.get(found.headers(), EventHeaders.TYPE).flatMap(EventType::of);
            Optional<Begin> begin = type.flatMap(known -> begin(known, found));
            if (begin.isEmpty()) {
                return true;
            }
            first = first.or(() -> begin);
            boolean fits = fits(begin.get());
            best = fits ? begin : best;
            return fits && !(wanted instanceof Wanted.Beginning);
        }

        private static Optional<Begin> begin(EventType type, ConsumerRecord<String, byte[]> found) {
            if (type == EventType.GENERATION) {
                Lsn start = Members.lsn(Json.parse(found.value()), "lsn");
                return Optional.of(new Begin(found.offset(), false, start, Optional.empty()));
            }
            if (type != EventType.CHECKPOINT) {
                return Optional.empty();
            }
            var state = Members.member(Json.parse(found.value()), "state");
            return Optional.of(new Begin(
                    found.offset(),
                    true,
                    Members.lsn(Members.member(state, "resume"), "watermark"),
                    Members.anyTime(state, "stream_time")));
        }

        private boolean fits(Begin begin) {
            if (wanted instanceof Wanted.Beginning) {
                return !begin.whole();
            }
            if (wanted instanceof Wanted.Time time) {
                return begin.time().map(at -> !at.isAfter(time.time())).orElse(true);
            }
            return begin.lsn().compareTo(((Wanted.Position) wanted).lsn()) <= 0;
        }
    }

    /**
     * Reads from a begin to an end. Fetches and unpacks on one thread, decodes on another, both a little ahead of the
     * caller.
     *
     * @param each takes the items, on the calling thread; false to stop
     * @throws HistoryHoleException where records are missing, or are not what this verifier can read
     */
    public void read(Begin begin, long end, Predicate<HistoryItem> each) {
        CommittedLog log = new CommittedLog(connection);
        try (ReadAhead<ConsumerRecord<String, byte[]>> fetched =
                        new ReadAhead<>("history-reader", next -> log.readWhile(topic, begin.offset(), end, next));
                ReadAhead<HistoryItem> decoded =
                        new ReadAhead<>("history-decoder", next -> fetched.takeWhile(new Decoding(topic, next)))) {
            decoded.takeWhile(each);
        }
    }

    /** Hands on what records say, for as long as somebody wants it. */
    private static final class Decoding implements Predicate<ConsumerRecord<String, byte[]>> {
        private final HistoryReader reader;
        private boolean wanted = true;

        Decoding(String topic, Predicate<HistoryItem> next) {
            this.reader = new HistoryReader(topic, item -> wanted = next.test(item));
        }

        @Override
        public boolean test(ConsumerRecord<String, byte[]> found) {
            reader.accept(found);
            return wanted;
        }
    }

    /**
     * Reads the row changes that there are, also where what came before is gone: for a look at them, not for a replay.
     *
     * @param each takes the value of a change; false to stop
     */
    public void readChanges(long end, Predicate<ObjectNode> each) {
        new CommittedLog(connection).readWhile(topic, 0, end, found -> {
            boolean change = EventHeaders.get(found.headers(), EventHeaders.TYPE)
                    .flatMap(EventType::of)
                    .filter(type -> type == EventType.CHANGE)
                    .isPresent();
            return !change || each.test(Json.parse(found.value()));
        });
    }
}
