package io.promotionverifier.benchmarks.ladder;

import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.topic.Topic;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * How long it takes from an application's COMMIT until a {@code read_committed} consumer holds the finding, at 50
 * transactions a second, alone and beside a busy application, and for lone transactions on an idle database, and what
 * the verifier costs while nobody writes. Confined to one thread.
 */
final class Visibility {
    private static final Duration BETWEEN = Duration.ofMillis(20);
    private static final Duration ALONE = Duration.ofMillis(700);
    private static final int WARM_UP = 300;
    private static final int STEADY_TO_LONE = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern ID = Pattern.compile("\"id\": (\\d+)");
    private static final String WRITE =
            "INSERT INTO cases (id, metadata, priority) VALUES (?, '{\"priority\": \"low\"}', 'high')";
    private static final long FIRST_ID = 1_000_000_000;
    private static final Duration CONFIRMED_AFTER = Duration.ofSeconds(8);
    private static final double NANOS = 1e9;

    private final Scene scene;

    Visibility(Scene scene) {
        this.scene = scene;
    }

    /**
     * What was seen.
     *
     * @param p50Seconds from commit to finding, in half of the cases
     * @param p99Seconds in all but one of a hundred
     * @param loadedP99Seconds the same while a busy application writes beside
     * @param loneSeconds from commit to finding in the worst case, when nobody else wrote for most of a second
     * @param idleCores processor time of the daemon in a second of silence
     */
    record Seen(
            OptionalDouble p50Seconds,
            OptionalDouble p99Seconds,
            OptionalDouble loadedP99Seconds,
            OptionalDouble loneSeconds,
            double idleCores) {}

    /**
     * Measures.
     *
     * @param transactions how many are written, after those that warm up; and a thirtieth of that alone
     * @param silence how long nobody writes
     */
    Seen measure(int transactions, Duration silence) throws IOException, SQLException, InterruptedException {
        Scene.Place place = scene.placeAtEnd(List.of("defaults.grace=1s"));
        VerifierProcess.setup(scene, place);
        try (VerifierProcess verifier = VerifierProcess.run(scene, place);
                KafkaConsumer<String, byte[]> consumer = consumer(place);
                Connection application = scene.open()) {
            while (verifier.changes().isEmpty()) {
                Thread.sleep(BETWEEN.toMillis());
            }
            write(application, consumer, new Phase(FIRST_ID, WARM_UP, BETWEEN));
            double[] steady = write(application, consumer, new Phase(FIRST_ID + WARM_UP, transactions, BETWEEN));
            double[] loaded = writeBesideOthers(
                    application, consumer, new Phase(FIRST_ID + WARM_UP + transactions, transactions, BETWEEN));
            double[] lone = write(
                    application,
                    consumer,
                    new Phase(FIRST_ID + WARM_UP + 2L * transactions, transactions / STEADY_TO_LONE, ALONE));
            return new Seen(
                    Spread.quantile(0.5, steady),
                    Spread.quantile(0.99, steady),
                    Spread.quantile(0.99, loaded),
                    Arrays.stream(lone).max(),
                    idleCores(verifier, silence));
        } finally {
            scene.leave(place);
        }
    }

    private KafkaConsumer<String, byte[]> consumer(Scene.Place place) {
        KafkaConnection connection =
                new KafkaConnection(scene.servers().bootstrap(), place.slot(), Map.of("fetch.max.wait.ms", "100"));
        KafkaConsumer<String, byte[]> consumer = connection.consumer();
        consumer.assign(List.of(new TopicPartition(Topic.FINDINGS.named(place.slot()), 0)));
        return consumer;
    }

    /**
     * Transactions that are written one after the other.
     *
     * @param first the id of the first; the others follow
     */
    private record Phase(long first, int transactions, Duration between) {}

    /** The server waits for its disk meanwhile, as one that is in use does. */
    private double[] writeBesideOthers(Connection application, KafkaConsumer<String, byte[]> consumer, Phase phase)
            throws SQLException, InterruptedException {
        scene.durable("on");
        AtomicBoolean enough = new AtomicBoolean();
        long rows = Long.parseLong(scene.ask("SELECT max(id) FROM cases WHERE id < " + FIRST_ID));
        ExecutorService beside = Executors.newSingleThreadExecutor();
        try {
            Future<Long> written = beside.submit(() -> new BusyApplication(scene, rows).until(enough::get));
            double[] seconds = write(application, consumer, phase);
            enough.set(true);
            written.get();
            return seconds;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the application beside failed", e.getCause());
        } finally {
            enough.set(true);
            beside.shutdown();
            scene.durable("off");
        }
    }

    /** Looks for findings until it is time for the next write, and at last until all have come; seconds of each. */
    private static double[] write(Connection application, KafkaConsumer<String, byte[]> consumer, Phase phase)
            throws SQLException {
        Map<Long, Long> committed = new HashMap<>();
        double[] seconds = new double[phase.transactions()];
        try (PreparedStatement insert = application.prepareStatement(WRITE)) {
            long due = System.nanoTime();
            for (int i = 0; i < phase.transactions(); i++) {
                insert.setLong(1, phase.first() + i);
                insert.executeUpdate();
                committed.put(phase.first() + i, System.nanoTime());
                due += phase.between().toNanos();
                while (System.nanoTime() < due) {
                    look(consumer, phase, committed, seconds, due);
                }
            }
            long giveUp = due + PATIENCE.toNanos();
            while (!committed.isEmpty() && System.nanoTime() < giveUp) {
                look(consumer, phase, committed, seconds, giveUp);
            }
        }
        if (!committed.isEmpty()) {
            throw new IllegalStateException(
                    committed.size() + " of " + phase.transactions() + " findings did not come");
        }
        return seconds;
    }

    /** What has come until then, or as soon as something comes. */
    private static void look(
            KafkaConsumer<String, byte[]> consumer,
            Phase phase,
            Map<Long, Long> committed,
            double[] seconds,
            long until) {
        Duration left = Duration.ofNanos(Math.max(0, until - System.nanoTime()));
        for (ConsumerRecord<String, byte[]> record : consumer.poll(left)) {
            take(record.key(), phase, committed, seconds);
        }
    }

    /** What comes a second time is a finding that was confirmed. */
    private static void take(String key, Phase phase, Map<Long, Long> committed, double[] seconds) {
        Matcher digits = ID.matcher(key);
        long id = digits.find() ? Long.parseLong(digits.group(1)) : 0;
        Long since = committed.remove(id);
        if (since != null) {
            seconds[(int) (id - phase.first())] = (System.nanoTime() - since) / NANOS;
        }
    }

    private static double idleCores(VerifierProcess verifier, Duration silence) throws InterruptedException {
        // The findings are confirmed when grace has passed, which shows with the next heartbeat: that is no silence.
        Thread.sleep(CONFIRMED_AFTER.toMillis());
        Duration before = ProcessMeter.cpu(verifier.pid());
        Thread.sleep(silence.toMillis());
        Duration used = ProcessMeter.cpu(verifier.pid()).minus(before);
        return used.toMillis() / (double) silence.toMillis();
    }
}
