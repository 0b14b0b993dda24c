package io.promotionverifier.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.app.cli.ExitCode;
import io.promotionverifier.app.cli.Invocation;
import io.promotionverifier.app.cli.OutputFormat;
import io.promotionverifier.app.daemon.Daemon;
import io.promotionverifier.core.compare.MismatchKind;
import io.promotionverifier.core.pipeline.PromotionStatus;
import io.promotionverifier.core.settle.FindingState;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.read.FindingFilter;
import io.promotionverifier.kafka.read.TopicReader;
import io.promotionverifier.sandbox.workload.WorkloadSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What the demonstration came to: the abort as a plain consumer reads it, and injected against found, kind by kind. */
final class DemoOutcome {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration STEP = Duration.ofMillis(200);

    private final Daemon daemon;
    private final KafkaConnection connection;
    private final WorkloadSummary summary;
    private final Invocation invocation;

    DemoOutcome(Daemon daemon, KafkaConnection connection, WorkloadSummary summary, Invocation invocation) {
        this.daemon = daemon;
        this.connection = connection;
        this.summary = summary;
        this.invocation = invocation;
    }

    /**
     * Waits until a heartbeat written after the workload's end has passed and nothing is suspected; false if it never
     * is.
     */
    boolean awaitSettled() throws InterruptedException {
        Optional<Instant> end = daemon.board().vitals().sent();
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        int beats = 0;
        Optional<Instant> seen = Optional.empty();
        while (System.nanoTime() - giveUp < 0) {
            List<PromotionStatus> statuses = daemon.board().statuses();
            Optional<Instant> streamTime = statuses.stream().findFirst().flatMap(PromotionStatus::streamTime);
            if (!streamTime.equals(seen)) {
                seen = streamTime;
                beats++;
            }
            boolean passed = end.isEmpty()
                    || streamTime.map(time -> time.isAfter(end.get())).orElse(false);
            boolean settled =
                    statuses.stream().allMatch(status -> status.findings().suspected() == 0);
            if (passed && settled && beats > 2) {
                return true;
            }
            Thread.sleep(STEP.toMillis());
        }
        return false;
    }

    ExitCode tell() {
        Map<MismatchKind, Long> injected = summary.injectedByKind();
        Map<MismatchKind, Long> found = found();
        Optional<String> abort = firstAbort(connection);
        abort.ifPresent(value -> {
            invocation.say("");
            invocation.say(
                    "The first abort as a plain Kafka consumer reads it from " + connection.prefix() + ".aborts:");
        });
        if (invocation.output() == OutputFormat.TEXT) {
            abort.ifPresent(invocation::print);
        }
        long converged = daemon.board().statuses().stream()
                .mapToLong(status -> status.findings().converged())
                .sum();
        invocation.say("");
        invocation.say(
                summary.splits() + " writes were split over two transactions; findings that converged: " + converged);
        invocation.say("");
        if (invocation.output() == OutputFormat.TEXT) {
            table(injected, found);
        } else {
            Printing.one(json(injected, found), invocation);
        }
        boolean equal = injected.equals(found);
        invocation.say(
                equal ? "Everything that was injected was found, and nothing else." : "Injected and found differ.");
        return equal ? ExitCode.OK : ExitCode.MISMATCH;
    }

    private void table(Map<MismatchKind, Long> injected, Map<MismatchKind, Long> found) {
        invocation.print(String.format("%-18s %8s %8s", "KIND", "injected", "found"));
        for (MismatchKind kind : MismatchKind.values()) {
            invocation.print(String.format(
                    "%-18s %8d %8d", kind, injected.getOrDefault(kind, 0L), found.getOrDefault(kind, 0L)));
        }
    }

    private static ObjectNode json(Map<MismatchKind, Long> injected, Map<MismatchKind, Long> found) {
        ObjectNode node = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        for (MismatchKind kind : MismatchKind.values()) {
            node.putObject(kind.name())
                    .put("injected", injected.getOrDefault(kind, 0L))
                    .put("found", found.getOrDefault(kind, 0L));
        }
        return node;
    }

    private Map<MismatchKind, Long> found() {
        Map<MismatchKind, Long> counts = new EnumMap<>(MismatchKind.class);
        for (MismatchKind kind : MismatchKind.values()) {
            counts.put(kind, 0L);
        }
        new TopicReader(connection)
                .findings(FindingFilter.ALL.in(FindingState.CONFIRMED))
                .forEach(finding ->
                        counts.merge(MismatchKind.valueOf(finding.path("kind").asText()), 1L, Long::sum));
        return counts;
    }

    /** Read as any alerting system would: no code of ours in between. */
    static Optional<String> firstAbort(KafkaConnection connection) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", connection.bootstrap());
        settings.put("isolation.level", "read_committed");
        TopicPartition aborts = new TopicPartition(connection.prefix() + ".aborts", 0);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(aborts));
            consumer.seekToBeginning(List.of(aborts));
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(2))) {
                return Optional.of(record.value());
            }
            return Optional.empty();
        }
    }
}
