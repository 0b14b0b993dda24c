package io.promotionverifier.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.app.assembly.Assembly;
import io.promotionverifier.app.cli.ExitCode;
import io.promotionverifier.app.cli.Failure;
import io.promotionverifier.app.cli.Invocation;
import io.promotionverifier.app.cli.OutputFormat;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.app.servers.KafkaServer;
import io.promotionverifier.app.servers.SourceServer;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.client.KafkaConnectorException;
import io.promotionverifier.postgres.preflight.DoctorSql;
import io.promotionverifier.postgres.preflight.check.CheckResult;
import io.promotionverifier.postgres.preflight.check.CheckResult.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code doctor}: every precondition, with the measured fact and the statement that mends it. Changes nothing. */
final class Doctor {
    private final Invocation invocation;

    Doctor(Invocation invocation) {
        this.invocation = invocation;
    }

    ExitCode examine(boolean sql) {
        VerifierConfig config = invocation.config();
        List<CheckResult> results = new ArrayList<>();
        List<ExitCode> codes = new ArrayList<>();
        try (SourceServer source = SourceServer.open(config)) {
            results.addAll(Checks.source(config, source.access()));
            if (sql) {
                invocation.print(DoctorSql.script(source.user(), Assembly.request(config), results));
                return exitCode(results);
            }
        }
        try (SourceServer source = SourceServer.open(config)) {
            kafka(config, source, results).ifPresent(codes::add);
        }
        if (invocation.output() == OutputFormat.TEXT) {
            results.forEach(this::line);
        } else {
            Printing.one(json(results), invocation);
        }
        codes.add(exitCode(results));
        return ExitCode.firstOf(codes);
    }

    private static Optional<ExitCode> kafka(VerifierConfig config, SourceServer source, List<CheckResult> results) {
        try (KafkaServer kafka = KafkaServer.visit(config)) {
            KafkaConnection connection = Connections.of(config, kafka);
            results.addAll(KafkaChecks.run(config, connection));
            Optional<CheckResult> lost = LostSlot.check(config, source.access(), connection);
            results.replaceAll(result -> result.name().equals(LostSlot.SLOT) ? lost.orElse(result) : result);
            if (TopicChecks.apply(config)) {
                results.addAll(TopicChecks.run(config, source.access(), connection));
            }
            results.addAll(LocalChecks.run(config, connection));
            return Optional.empty();
        } catch (KafkaConnectorException e) {
            results.add(CheckResult.refuse(KafkaChecks.KAFKA, String.valueOf(e.getMessage())));
            return Optional.of(Failure.of(e).exitCode());
        }
    }

    private void line(CheckResult result) {
        invocation.print(String.format("%-8s %-40s %s", result.result(), result.name(), result.detail()));
        if (result.result() != Result.PASS) {
            result.sql().ifPresent(sql -> sql.lines().forEach(line -> invocation.print("         " + line)));
        }
    }

    private static ObjectNode json(List<CheckResult> results) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode checks = node.putArray("checks");
        for (CheckResult result : results) {
            checks.addObject()
                    .put("name", result.name())
                    .put("result", result.result().name())
                    .put("detail", result.detail())
                    .put("sql", result.sql().orElse(null));
        }
        return node;
    }

    private static ExitCode exitCode(List<CheckResult> results) {
        if (results.stream().anyMatch(result -> result.result() == Result.REFUSE)) {
            return ExitCode.MISMATCH;
        }
        return results.stream().anyMatch(result -> result.result() == Result.UNKNOWN)
                ? ExitCode.NOT_ENOUGH_EVIDENCE
                : ExitCode.OK;
    }
}
