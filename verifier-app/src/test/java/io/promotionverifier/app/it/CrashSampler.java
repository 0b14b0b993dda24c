package io.promotionverifier.app.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Law 4: asks the server how far the slot is confirmed, and <em>then</em> Kafka how far the committed checkpoints
 * reach; the first must never be beyond the second. A server that is down is asked again. One thread runs it.
 */
final class CrashSampler implements Runnable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Installation verifier;
    private final TopicPartition state;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final AtomicInteger samples = new AtomicInteger();
    private final AtomicInteger advances = new AtomicInteger();
    private long next;
    private long durable;
    private long confirmedBefore;

    CrashSampler(Installation verifier) {
        this.verifier = verifier;
        this.state = new TopicPartition(verifier.prefix() + ".state", 0);
    }

    void stop() {
        stopped.countDown();
    }

    /** Each sample in which the slot was ahead of Kafka. */
    List<String> violations() {
        return List.copyOf(violations);
    }

    @Override
    public void run() {
        try {
            while (!stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                try (Connection connection = verifier.source().open();
                        Statement statement = connection.createStatement();
                        KafkaConsumer<String, String> consumer = consumer()) {
                    while (!stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                        sample(statement, consumer);
                    }
                } catch (SQLException | KafkaException | IllegalStateException down) {
                    confirmedBefore = 0;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private KafkaConsumer<String, String> consumer() {
        KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", verifier.bootstrap(), "isolation.level", "read_committed"),
                new StringDeserializer(),
                new StringDeserializer());
        consumer.assign(List.of(state));
        consumer.seek(state, next);
        return consumer;
    }

    private void sample(Statement statement, KafkaConsumer<String, String> consumer) throws SQLException {
        long confirmed = confirmed(statement);
        long end = consumer.endOffsets(List.of(state), PATIENCE).getOrDefault(state, 0L);
        Instant deadline = Instant.now().plus(PATIENCE);
        while (consumer.position(state, PATIENCE) < end) {
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("the broker shows nothing");
            }
            consumer.poll(PAUSE).forEach(this::take);
        }
        next = consumer.position(state, PATIENCE);
        samples.incrementAndGet();
        if (confirmed > confirmedBefore && confirmedBefore > 0) {
            advances.incrementAndGet();
        }
        confirmedBefore = confirmed;
        if (confirmed > durable) {
            violations.add("the slot is confirmed to " + confirmed + ", Kafka holds " + durable);
        }
    }

    private long confirmed(Statement statement) throws SQLException {
        try (ResultSet slot = statement.executeQuery(
                "SELECT (confirmed_flush_lsn - '0/0')::bigint FROM pg_replication_slots WHERE slot_name = '"
                        + verifier.source().name() + "'")) {
            return slot.next() ? slot.getLong(1) : 0;
        }
    }

    private void take(ConsumerRecord<String, String> record) {
        if (record.key().equals("checkpoint")) {
            durable = Math.max(durable, watermark(record.value()));
        }
    }

    private static long watermark(String checkpoint) {
        try {
            JsonNode head = JSON.readTree(checkpoint);
            String[] lsn = head.at("/core/resume/watermark").asText().split("/", 2);
            return (Long.parseLong(lsn[0], 16) << 32) + Long.parseLong(lsn[1], 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return samples + " samples of the slot, " + advances + " advances, " + violations.size() + " beyond Kafka";
    }
}
