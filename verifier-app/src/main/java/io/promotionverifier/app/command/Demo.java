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
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.sandbox.sample.SampleConfiguration;
import io.promotionverifier.sandbox.sample.SampleSchema;
import io.promotionverifier.sandbox.scenario.Scenario;
import io.promotionverifier.sandbox.server.EmbeddedKafka;
import io.promotionverifier.sandbox.server.EmbeddedPostgres;
import io.promotionverifier.sandbox.server.KafkaOptions;
import io.promotionverifier.sandbox.server.PostgresOptions;
import io.promotionverifier.sandbox.server.Sandbox;
import io.promotionverifier.sandbox.workload.Workload;
import io.promotionverifier.sandbox.workload.WorkloadSettings;
import io.promotionverifier.sandbox.workload.WorkloadSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code demo}: the sample application on embedded servers, clean for a third of the time and then faulty; the verifier
 * watches, and what it found is held against what was injected.
 */
final class Demo {
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final int SHARE_CLEAN = 3;
    private static final String DATABASE = "postgres";
    private static final long SEED = 20_250_115;

    private final DemoRequest request;
    private final Invocation invocation;

    Demo(DemoRequest request, Invocation invocation) {
        this.request = request;
        this.invocation = invocation;
    }

    ExitCode run() {
        Optional<Scenario> scenario = request.scenario().map(ScenarioRun::named);
        Path scratch = scratch();
        Thread cleaning = new Thread(() -> delete(scratch), "scratch");
        Runtime.getRuntime().addShutdownHook(cleaning);
        try {
            return on(scratch, scenario);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.INTERNAL_ERROR, "interrupted", e);
        }
    }

    private ExitCode on(Path scratch, Optional<Scenario> scenario) throws InterruptedException {
        invocation.say("Starting PostgreSQL and Kafka in " + scratch + " ...");
        try (Sandbox sandbox = Sandbox.start(
                PostgresOptions.in(scratch.resolve("postgres")).withDurable(false),
                KafkaOptions.in(scratch.resolve("kafka")))) {
            if (scenario.isPresent()) {
                return new ScenarioRun(scenario.get(), request, invocation, sandbox, sandbox.createDatabase())
                        .run(scratch);
            }
            createSample(sandbox.postgres());
            VerifierConfig config = config(scratch, sandbox);
            SourceServer source = new SourceServer(
                    sandbox.jdbcUrl(DATABASE),
                    sandbox.user(),
                    config.source().password().orElseThrow(),
                    Optional.<EmbeddedPostgres>empty());
            KafkaServer kafka =
                    new KafkaServer(sandbox.bootstrap(), java.util.Map.of(), Optional.<EmbeddedKafka>empty());
            invocation.say("Setting up the publication, the slot, the topics and the first state ...");
            new Setup(config, line -> {}, line -> {}).run(source, kafka, false, false);
            try (Daemon daemon = Daemon.start(config, source, kafka, Build.current())) {
                invocation.say("Verifying " + config.promotions().size() + " promotions; page on http://127.0.0.1:"
                        + daemon.httpPort() + "/, events on " + sandbox.bootstrap());
                return watched(daemon, sandbox, config);
            }
        }
    }

    private ExitCode watched(Daemon daemon, Sandbox sandbox, VerifierConfig config) throws InterruptedException {
        KafkaConnection connection =
                new KafkaConnection(sandbox.bootstrap(), config.kafka().prefix(), java.util.Map.of());
        DemoView view = new DemoView(daemon, invocation);
        WorkloadSettings settings = WorkloadSettings.of(
                        sandbox.jdbcUrl(DATABASE), sandbox.user(), sandbox.password(), SEED)
                .withRatePerSecond(request.rate());
        WorkloadSummary summary;
        try (Workload workload = Workload.start(settings)) {
            Duration clean = request.duration().dividedBy(SHARE_CLEAN);
            invocation.say("The application writes " + request.rate() + " times a second, both sides, without faults.");
            view.watch(clean);
            if (request.faultRate() > 0) {
                invocation.say("Now the application turns faulty: " + request.faultRate() * 100 + " % of its writes.");
                workload.setFaultRate(request.faultRate());
            }
            view.watch(request.duration().minus(clean));
            summary = workload.stop();
        }
        DemoOutcome outcome = new DemoOutcome(daemon, connection, summary, invocation);
        invocation.say("The application has stopped; waiting until the last finding has settled ...");
        boolean settled = outcome.awaitSettled();
        ExitCode told = outcome.tell();
        if (!settled) {
            invocation.say("Some findings have not settled within a minute, so the comparison proves nothing.");
            return ExitCode.NOT_ENOUGH_EVIDENCE;
        }
        return told;
    }

    private static void createSample(EmbeddedPostgres postgres) {
        try (Connection connection =
                DriverManager.getConnection(postgres.jdbcUrl(DATABASE), postgres.user(), postgres.password())) {
            SampleSchema.create(connection);
        } catch (SQLException e) {
            throw new CommandException(ExitCode.INTERNAL_ERROR, "the sample schema could not be created", e);
        }
    }

    private VerifierConfig config(Path scratch, Sandbox sandbox) {
        SampleConfiguration sample = new SampleConfiguration(
                scratch,
                sandbox.jdbcUrl(DATABASE),
                sandbox.user(),
                sandbox.password(),
                sandbox.bootstrap(),
                freePort(request.port()),
                GRACE);
        List<String> assignments = new ArrayList<>(
                List.of("defaults.abort.mismatch_rate.mode=strict", "defaults.abort.mismatch_rate.min_rows=50"));
        assignments.addAll(invocation.assignments());
        return invocation
                .loader()
                .load(scratch.resolve("verifier.yaml"), sample.yaml(), assignments)
                .config();
    }

    /** The port that was asked for, or a free one when someone else has it: a demonstration is not worth a refusal. */
    static int freePort(int wanted) {
        try (ServerSocket probe = new ServerSocket(wanted, 1, java.net.InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException taken) {
            return 0;
        }
    }

    private static Path scratch() {
        try {
            return Files.createTempDirectory("promotion-verifier-demo-");
        } catch (IOException e) {
            throw new UncheckedIOException("no scratch folder can be made", e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(Demo::deleteOne);
        } catch (IOException | UncheckedIOException alreadyGone) {
            // What is left lies in the system's temporary folder.
            return;
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
