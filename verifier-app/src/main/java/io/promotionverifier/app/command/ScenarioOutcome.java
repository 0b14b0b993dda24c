package io.promotionverifier.app.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.app.cli.ExitCode;
import io.promotionverifier.app.cli.Invocation;
import io.promotionverifier.app.cli.OutputFormat;
import io.promotionverifier.app.daemon.Daemon;
import io.promotionverifier.core.compare.MismatchKind;
import io.promotionverifier.core.judge.Abort;
import io.promotionverifier.core.judge.LatencyTrigger;
import io.promotionverifier.core.pipeline.PromotionStatus;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.settle.FindingState;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.read.FindingFilter;
import io.promotionverifier.kafka.read.TopicReader;
import io.promotionverifier.sandbox.scenario.Scenario;
import java.time.Duration;
import java.util.Optional;

/** What a scenario came to: the verdict that was announced against the one that came, injected against found. */
final class ScenarioOutcome {
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final Duration STEP = Duration.ofMillis(200);
    private static final String OTHER = "OTHER";

    private final Scenario scenario;
    private final PromotionId promotion;
    private final Daemon daemon;
    private final KafkaConnection connection;
    private final Invocation invocation;

    ScenarioOutcome(
            Scenario scenario,
            PromotionId promotion,
            Daemon daemon,
            KafkaConnection connection,
            Invocation invocation) {
        this.scenario = scenario;
        this.promotion = promotion;
        this.daemon = daemon;
        this.connection = connection;
        this.invocation = invocation;
    }

    /** What the verifier found, in the scenario's own count; others are findings that nobody injected. */
    private record Found(long expected, long others) {}

    ExitCode tell(long injected) throws InterruptedException {
        invocation.say("The application has stopped; waiting for what the verifier makes of it ...");
        boolean came = awaitAnnounced(injected);
        PromotionStatus status = status();
        Found found = found(status);
        status.abort().flatMap(abort -> DemoOutcome.firstAbort(connection)).ifPresent(this::printAbort);
        if (invocation.output() == OutputFormat.TEXT) {
            print(status, injected, found);
        } else {
            Printing.one(json(status, injected, found), invocation);
        }
        boolean right = came && found.expected() == injected && found.others() == 0 && injected > 0;
        invocation.say(
                right ? "The announced verdict came, for what was injected." : "This is not what was announced.");
        return right ? ExitCode.OK : ExitCode.MISMATCH;
    }

    private boolean awaitAnnounced(long injected) throws InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - giveUp < 0) {
            PromotionStatus status = status();
            if (isAnnounced(status)
                    && status.findings().suspected() == 0
                    && found(status).expected() >= injected) {
                return true;
            }
            Thread.sleep(STEP.toMillis());
        }
        return false;
    }

    private boolean isAnnounced(PromotionStatus status) {
        return status.verdict() == scenario.verdict()
                && status.abort().map(Abort::trigger).equals(scenario.trigger());
    }

    private PromotionStatus status() {
        return daemon.board().statuses().stream()
                .filter(status -> status.promotion().equals(promotion))
                .findFirst()
                .orElseThrow();
    }

    private Found found(PromotionStatus status) {
        long converged = status.findings().converged();
        long resolved = status.findings().resolved();
        long confirmed = status.findings().confirmed();
        long all = converged + resolved + confirmed;
        return switch (scenario) {
            case FORGOTTEN_COLUMN -> ofKind(MismatchKind.COLUMN_MISSING, all);
            case FORGOTTEN_DOCUMENT -> ofKind(MismatchKind.DOCUMENT_MISSING, all);
            case LATE_SECOND_WRITE -> new Found(converged, resolved + confirmed);
            case FLAPPING_WRITER -> new Found(resolved + confirmed, converged);
            case REPORT_DIVERGENCE ->
                new Found(
                        Optional.ofNullable(status.reports().get(Scenario.REPORT))
                                .map(standing -> standing.latest().divergentRows())
                                .orElse(0L),
                        all);
            case SLOW_WRITES ->
                new Found(
                        status.abort()
                                .filter(abort -> abort.rule()
                                        .filter(LatencyTrigger.APPLICATION::equals)
                                        .isPresent())
                                .map(abort -> 1L)
                                .orElse(0L),
                        all);
            case SLOT_LOST -> new Found(status.gaps().size(), all);
        };
    }

    private Found ofKind(MismatchKind kind, long all) {
        long found = new TopicReader(connection)
                .findings(FindingFilter.ALL.of(promotion).in(FindingState.CONFIRMED)).stream()
                        .filter(finding -> finding.path("kind").asText().equals(kind.name()))
                        .count();
        return new Found(found, all - found);
    }

    private void printAbort(String event) {
        invocation.say("The abort as a plain Kafka consumer reads it from " + connection.prefix() + ".aborts:");
        if (invocation.output() == OutputFormat.TEXT) {
            invocation.print(event);
        }
    }

    private void print(PromotionStatus status, long injected, Found found) {
        invocation.print(String.format("%-18s %8s %8s", "KIND", "injected", "found"));
        invocation.print(String.format("%-18s %8d %8d", scenario.kind(), injected, found.expected()));
        invocation.print(String.format("%-18s %8d %8d", OTHER, 0, found.others()));
        invocation.print("announced: " + verdict(scenario.verdict().name(), scenario.trigger()));
        invocation.print("came:      "
                + verdict(status.verdict().name(), status.abort().map(Abort::trigger)) + ": " + status.reason());
    }

    private static String verdict(String verdict, Optional<?> trigger) {
        return verdict + trigger.map(by -> " by " + by).orElse("");
    }

    private ObjectNode json(PromotionStatus status, long injected, Found found) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("scenario", scenario.label());
        node.put("announced", verdict(scenario.verdict().name(), scenario.trigger()));
        node.put("came", verdict(status.verdict().name(), status.abort().map(Abort::trigger)));
        node.put("reason", status.reason());
        node.putObject(scenario.kind()).put("injected", injected).put("found", found.expected());
        node.putObject(OTHER).put("injected", 0).put("found", found.others());
        return node;
    }
}
