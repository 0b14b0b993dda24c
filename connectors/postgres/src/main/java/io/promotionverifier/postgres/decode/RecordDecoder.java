package io.promotionverifier.postgres.decode;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Origin;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.stream.Arrival;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Turns one record of Debezium's PostgreSQL connector into one arrival. Holds no state between records but what the
 * transaction in hand has said of its writer.
 *
 * <p>An update of the primary key comes as a delete that names the new key and an insert that names the old one,
 * perhaps in two batches: the delete is dropped and the insert becomes the update.
 */
public final class RecordDecoder {
    private static final int MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    private final String heartbeatTopic;
    private final String messageTopic;
    private final String prefix;
    private final HeartbeatClock clock;
    private final UnreadableMarks marks;
    private final Map<TableName, TableDecoder> tables = new HashMap<>();
    private final WriterMarks writers = new WriterMarks();

    /**
     * @param server Debezium's {@code topic.prefix}
     * @param prefix the prefix of our messages through the log
     * @param clock reads their content
     * @param tables what is captured
     * @param marks what the engine writes in place of a value it cannot give
     */
    public RecordDecoder(
            String server, String prefix, HeartbeatClock clock, List<CapturedTable> tables, UnreadableMarks marks) {
        this.heartbeatTopic = "__debezium-heartbeat." + server;
        this.messageTopic = server + ".message";
        this.prefix = prefix;
        this.clock = clock;
        this.marks = marks;
        tables.forEach(table -> this.tables.put(table.name(), new TableDecoder(table)));
    }

    /**
     * The end of the last commit that Debezium passed before this record; absent until it passed one since it started.
     */
    public static Optional<Lsn> lastCommit(SourceRecord record) {
        Object value = record.sourceOffset().get("lsn_commit");
        return value instanceof Long lsn ? Optional.of(new Lsn(lsn)) : Optional.empty();
    }

    /**
     * Up to where everything has been shown before Debezium's own heartbeat. It sends one right before a message that
     * it has passed already: there the message's own place is still to come, and a mark that stood on it would make the
     * message look as if it came again.
     */
    private static Optional<Lsn> passed(SourceRecord record) {
        Optional<Lsn> lastCommit = lastCommit(record);
        boolean atMessage = "MESSAGE".equals(record.sourceOffset().get("messageType"));
        return lastCommit.map(lsn -> atMessage && isAt(lsn, record) ? new Lsn(lsn.value() - 1) : lsn);
    }

    /** Inside a transaction a message has a place of its own, behind the last commit. */
    private static boolean isAt(Lsn lastCommit, SourceRecord record) {
        return record.sourceOffset().get("lsn") instanceof Long lsn && lsn == lastCommit.value();
    }

    /**
     * What a record shows; absent for the first half of a key update and for tables that are not captured.
     *
     * @throws UndecodableRecordException if a captured table's record cannot be understood
     */
    public Optional<Arrival> decode(SourceRecord record) {
        if (record.topic().equals(heartbeatTopic)) {
            return Optional.of(new Arrival.Mark(passed(record)));
        }
        Struct value = (Struct) record.value();
        Struct source = value.getStruct("source");
        if (record.topic().equals(messageTopic)) {
            return Optional.of(message(record, value, source));
        }
        TableDecoder table = tables.get(new TableName(source.getString("schema"), source.getString("table")));
        return table == null ? Optional.empty() : change(record, table);
    }

    private Arrival message(SourceRecord record, Struct value, Struct source) {
        Optional<Lsn> lastCommit = lastCommit(record);
        Struct message = value.getStruct("message");
        Long transaction = source.getInt64("txId");
        if (transaction != null) {
            writers.told(transaction, message.getString("prefix"), content(message));
            return new Arrival.Mark(lastCommit);
        }
        if (!prefix.equals(message.getString("prefix")) || lastCommit.isEmpty()) {
            return new Arrival.Mark(lastCommit);
        }
        Optional<Instant> time = clock.read(content(message));
        return time.isPresent() ? new Arrival.Heartbeat(lastCommit.get(), time.get()) : new Arrival.Mark(lastCommit);
    }

    private static String content(Struct message) {
        return new String(message.getBytes("content"), StandardCharsets.UTF_8);
    }

    private Optional<Arrival> change(SourceRecord record, TableDecoder table) {
        if (record.headers().lastWithName("__debezium.newkey") != null) {
            return Optional.empty();
        }
        Struct value = (Struct) record.value();
        Struct source = value.getStruct("source");
        Long transaction = source.getInt64("txId");
        Long lsn = source.getInt64("lsn");
        Long micros = source.getInt64("ts_us");
        if (transaction == null || lsn == null || micros == null) {
            throw new UndecodableRecordException("a change of " + table.name() + " came without transaction");
        }
        RowEvent event = event(record, value, table)
                .by(writers.origin(transaction, replicationOrigin(source)), writers.writer(transaction));
        return Optional.of(new Arrival.Row(transaction, new Lsn(lsn), lastCommit(record), instant(micros), event));
    }

    private static @Nullable String replicationOrigin(Struct source) {
        return source.schema().field("origin") == null ? null : source.getString("origin");
    }

    private RowEvent event(SourceRecord record, Struct value, TableDecoder table) {
        String op = value.getString("op");
        return switch (op) {
            case "c" -> version(record, value, table, table.inserted());
            case "u" -> version(record, value, table, Operation.UPDATE);
            case "d" -> event(table.deleted(), table, Optional.of(key(record, table)), Optional.empty(), List.of());
            case "t" -> event(Operation.TRUNCATE, table, Optional.empty(), Optional.empty(), List.of());
            default -> throw new UndecodableRecordException("unknown operation " + op + " on " + table.name());
        };
    }

    private RowEvent version(SourceRecord record, Struct value, TableDecoder table, Operation plain) {
        Optional<RowKey> oldKey = Optional.ofNullable(record.headers().lastWithName("__debezium.oldkey"))
                .map(Header::value)
                .map(old -> table.key((Struct) old));
        Operation operation = oldKey.isPresent() ? Operation.UPDATE : plain;
        List<Reading> readings = table.readings(value.getStruct("after"), marks);
        return event(operation, table, Optional.of(key(record, table)), oldKey, readings);
    }

    private static RowEvent event(
            Operation operation,
            TableDecoder table,
            Optional<RowKey> key,
            Optional<RowKey> oldKey,
            List<Reading> readings) {
        return new RowEvent(operation, table.name(), key, oldKey, Origin.LIVE, Optional.empty(), readings);
    }

    private static RowKey key(SourceRecord record, TableDecoder table) {
        @Nullable Object key = record.key();
        if (key == null) {
            throw new UndecodableRecordException("a change of " + table.name() + " came without a key");
        }
        return table.key((Struct) key);
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND),
                (long) Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
    }
}
