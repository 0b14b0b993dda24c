package io.promotionverifier.app.command;

import io.promotionverifier.app.cli.Build;
import io.promotionverifier.app.cli.CommandException;
import io.promotionverifier.app.cli.DemoRequest;
import io.promotionverifier.app.cli.ExitCode;
import io.promotionverifier.app.cli.Invocation;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.app.daemon.Daemon;
import io.promotionverifier.app.servers.KafkaServer;
import io.promotionverifier.app.servers.SourceServer;
import io.promotionverifier.core.judge.WriteLatency;
import io.promotionverifier.core.pipeline.Command;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.command.CommandWriter;
import io.promotionverifier.kafka.command.Order;
import io.promotionverifier.sandbox.sample.SampleConfiguration;
import io.promotionverifier.sandbox.sample.SamplePromotion;
import io.promotionverifier.sandbox.sample.SampleSchema;
import io.promotionverifier.sandbox.scenario.Scenario;
import io.promotionverifier.sandbox.scenario.ScenarioSettings;
import io.promotionverifier.sandbox.scenario.ScenarioWriter;
import io.promotionverifier.sandbox.server.TestEnvironment;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One scenario on servers that run: an application that is clean for a third of the time and then in trouble, the
 * verifier beside it, and whether the announced verdict came.
 */
final class ScenarioRun {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final int SHARE_CLEAN = 3;
    private static final SamplePromotion PROMOTION = SamplePromotion.PROMO_001;

    private final Scenario scenario;
    private final DemoRequest request;
    private final Invocation invocation;
    private final TestEnvironment servers;
    private final String database;

    /** @param database an empty one; slot, publication and topics are named after it */
    ScenarioRun(
            Scenario scenario, DemoRequest request, Invocation invocation, TestEnvironment servers, String database) {
        this.scenario = scenario;
        this.request = request;
        this.invocation = invocation;
        this.servers = servers;
        this.database = database;
    }

    /** The scenario of a name. */
    static Scenario named(String name) {
        return Scenario.named(name)
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE,
                        "there is no scenario \"" + name + "\"; there are: "
                                + String.join(
                                        ", ",
                                        Arrays.stream(Scenario.values())
                                                .map(Scenario::label)
                                                .toList())));
    }

    ExitCode run(Path scratch) throws InterruptedException {
        createSample();
        VerifierConfig config = config(scratch);
        SourceServer source = new SourceServer(
                servers.jdbcUrl(database),
                servers.user(),
                config.source().password().orElseThrow(),
                Optional.empty());
        KafkaServer kafka = new KafkaServer(servers.bootstrap(), Map.of(), Optional.empty());
        new Setup(config, line -> {}, line -> {}).run(source, kafka, false, false);
        try (Daemon daemon = Daemon.start(config, source, kafka, Build.current())) {
            invocation.say("Scenario " + scenario.label() + ": " + scenario.story() + " Status on http://127.0.0.1:"
                    + daemon.httpPort() + "/api/v1/status");
            KafkaConnection connection =
                    new KafkaConnection(servers.bootstrap(), config.kafka().prefix(), Map.of());
            long injected = written(daemon, connection);
            return new ScenarioOutcome(scenario, PROMOTION.id(), daemon, connection, invocation).tell(injected);
        }
    }

    private long written(Daemon daemon, KafkaConnection connection) throws InterruptedException {
        DemoView view = new DemoView(daemon, invocation);
        ScenarioSettings settings = new ScenarioSettings(
                servers.jdbcUrl(database),
                servers.user(),
                servers.password(),
                database,
                request.rate(),
                request.faultRate());
        try (ScenarioWriter writer = ScenarioWriter.start(scenario, settings, p99 -> signal(connection, p99))) {
            awaitStream(daemon);
            Duration clean = request.duration().dividedBy(SHARE_CLEAN);
            view.watch(clean);
            invocation.say("Now the trouble begins.");
            writer.trouble();
            view.watch(request.duration().minus(clean));
            return writer.stop();
        }
    }

    /** The clean time counts from the first row that was judged: an engine takes its seconds to come up. */
    private static void awaitStream(Daemon daemon) throws InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - giveUp < 0
                && daemon.board().statuses().stream()
                        .allMatch(status -> status.counts().changes() == 0)) {
            Thread.sleep(GLANCE.toMillis());
        }
    }

    /** The application's own monitoring tells how long its writes take. */
    private static void signal(KafkaConnection connection, Duration p99) {
        WriteLatency figure = new WriteLatency(WriteLatency.Measure.P99, p99, Duration.ofMinutes(1));
        new CommandWriter(connection)
                .send(new Order(
                        Command.Kind.WRITE_LATENCY, PROMOTION.id(), "measured", "application", Optional.of(figure)));
    }

    private void createSample() {
        try (Connection connection =
                DriverManager.getConnection(servers.jdbcUrl(database), servers.user(), servers.password())) {
            SampleSchema.create(connection);
        } catch (SQLException e) {
            throw new CommandException(ExitCode.INTERNAL_ERROR, "the sample schema could not be created", e);
        }
    }

    private VerifierConfig config(Path scratch) {
        String yaml = new SampleConfiguration(
                        scratch,
                        servers.jdbcUrl(database),
                        servers.user(),
                        servers.password(),
                        servers.bootstrap(),
                        Demo.freePort(request.port()),
                        scenario.grace())
                .yamlOf(PROMOTION);
        List<String> assignments = new ArrayList<>(List.of(
                "source.name=" + database,
                "source.slot=" + database,
                "source.publication=" + database,
                "kafka.prefix=" + database));
        assignments.addAll(scenario.assignments());
        assignments.addAll(invocation.assignments());
        return invocation
                .loader()
                .load(scratch.resolve("verifier.yaml"), yaml, assignments)
                .config();
    }
}
