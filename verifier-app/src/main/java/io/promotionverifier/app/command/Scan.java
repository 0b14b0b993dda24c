package io.promotionverifier.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.app.cli.Build;
import io.promotionverifier.app.cli.CommandException;
import io.promotionverifier.app.cli.ExitCode;
import io.promotionverifier.app.cli.Invocation;
import io.promotionverifier.app.cli.OutputFormat;
import io.promotionverifier.app.config.PromotionConfig;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.app.daemon.Daemon;
import io.promotionverifier.app.servers.KafkaServer;
import io.promotionverifier.app.servers.SourceServer;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.pipeline.Command;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.command.CommandWriter;
import io.promotionverifier.kafka.command.Order;
import io.promotionverifier.kafka.state.LastHead;
import io.promotionverifier.kafka.state.StateReader;
import io.promotionverifier.postgres.access.SlotInUseException;
import io.promotionverifier.postgres.slot.SourceLock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code scan}: a census now. Orders it from the running daemon and follows it; when none runs, the same line runs here
 * until the census has ended.
 */
final class Scan {
    private final Invocation invocation;

    Scan(Invocation invocation) {
        this.invocation = invocation;
    }

    ExitCode run(Optional<PromotionId> promotion) {
        VerifierConfig config = invocation.config();
        promotion.ifPresent(id -> Status.requireKnown(config, id));
        Map<TableName, PromotionId> tables = tables(config, promotion);
        try (KafkaServer kafka = KafkaServer.visit(config);
                SourceServer source = SourceServer.open(config)) {
            KafkaConnection connection = Connections.of(config, kafka);
            requireState(connection, kafka);
            long last = 0;
            for (PromotionId id : tables.values()) {
                last = new CommandWriter(connection)
                        .send(new Order(Command.Kind.SCAN, id, "scan", System.getProperty("user.name", "unknown")));
            }
            ScanProgress progress = new ScanProgress(connection, invocation, tables.keySet(), last);
            LastHead end = isFree(source, config) ? here(config, source, kafka, progress) : progress.follow();
            return tell(end, config, promotion, tables);
        }
    }

    private static Map<TableName, PromotionId> tables(VerifierConfig config, Optional<PromotionId> promotion) {
        Map<TableName, PromotionId> tables = new LinkedHashMap<>();
        for (PromotionConfig each : config.promotions()) {
            boolean wanted = promotion.map(id -> id.equals(each.id())).orElse(true);
            if (wanted && each.target() instanceof PromotionConfig.Target.Column) {
                tables.putIfAbsent(each.table(), each.id());
            }
        }
        if (tables.isEmpty()) {
            throw new CommandException(ExitCode.USAGE, "an index promotion has no column: there is nothing to compare");
        }
        return tables;
    }

    private static void requireState(KafkaConnection connection, KafkaServer kafka) {
        Optional<LastHead> state = new StateReader(connection).lastHead();
        if (state.map(LastHead::head).map(Uninstall::isUninstalled).orElse(true)) {
            throw new CommandException(
                    ExitCode.BAD_CONFIGURATION,
                    "there is no checkpoint in Kafka at " + kafka.bootstrap() + ": run setup first");
        }
    }

    private static boolean isFree(SourceServer source, VerifierConfig config) {
        try (SourceLock lock = SourceLock.take(source.access(), config.source().slot())) {
            return lock.held();
        } catch (SlotInUseException running) {
            return false;
        }
    }

    private LastHead here(VerifierConfig config, SourceServer source, KafkaServer kafka, ScanProgress progress) {
        invocation.say("No verifier is running: this command verifies until the census has ended.");
        try (Daemon daemon = Daemon.start(config, source, kafka, Build.current())) {
            invocation.say("HTTP on " + config.http().bind() + ":" + daemon.httpPort());
            return progress.follow();
        }
    }

    /** A census is of a table; of a promotion that was named only that is told. */
    private ExitCode tell(
            LastHead end, VerifierConfig config, Optional<PromotionId> promotion, Map<TableName, PromotionId> tables) {
        List<ObjectNode> results = new ArrayList<>();
        List<ExitCode> codes = new ArrayList<>();
        for (JsonNode status : end.head().statuses()) {
            PromotionId id = new PromotionId(status.path("promotion").asText());
            boolean wanted = promotion.map(id::equals).orElse(true)
                    && config.promotion(id)
                            .filter(each -> tables.containsKey(each.table()))
                            .isPresent();
            if (wanted) {
                ObjectNode result = JsonNodeFactory.instance.objectNode();
                for (String member : List.of("promotion", "table", "verdict", "reason", "census", "rates")) {
                    result.set(member, status.path(member));
                }
                results.add(result);
                codes.add(exitCode(status));
            }
        }
        if (invocation.output() == OutputFormat.TEXT) {
            results.forEach(result -> invocation.print(line(result)));
        } else {
            Printing.list(results, invocation);
        }
        return ExitCode.firstOf(codes);
    }

    private static String line(JsonNode result) {
        JsonNode census = result.path("census");
        long mismatched = census.path("mismatched").asLong();
        return result.path("promotion").asText() + "  " + result.path("table").asText() + "  "
                + String.format("%,d", census.path("rows").asLong()) + " rows, "
                + (mismatched == 0 ? "none mismatched" : String.format("%,d mismatched", mismatched)) + "; "
                + result.path("verdict").asText() + ": " + result.path("reason").asText();
    }

    /** What the census found; whether enough rows were written since the start is not its question. */
    private static ExitCode exitCode(JsonNode status) {
        boolean mismatched = status.at("/census/mismatched").asLong() > 0;
        return switch (status.path("verdict").asText()) {
            case "ABORT" -> ExitCode.ABORT_ACTIVE;
            case "BLIND", "SUSPECT" -> ExitCode.NOT_ENOUGH_EVIDENCE;
            default -> mismatched ? ExitCode.MISMATCH : ExitCode.OK;
        };
    }
}
