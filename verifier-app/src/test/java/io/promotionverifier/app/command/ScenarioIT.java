package io.promotionverifier.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.app.cli.DemoRequest;
import io.promotionverifier.app.cli.ExitCode;
import io.promotionverifier.app.cli.Invocation;
import io.promotionverifier.app.cli.OutputFormat;
import io.promotionverifier.app.config.ConfigLoader;
import io.promotionverifier.sandbox.scenario.Scenario;
import io.promotionverifier.sandbox.server.SharedServers;
import io.promotionverifier.sandbox.server.TestEnvironment;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every trouble ends in the verdict that docs/scenarios.md announces. All run at once, each in a database of its own.
 */
class ScenarioIT {
    private static final Duration SHORT = Duration.ofSeconds(9);
    private static final Map<Scenario, Future<Ended>> RUNS = new EnumMap<>(Scenario.class);
    private static final ExecutorService THREADS = Executors.newFixedThreadPool(Scenario.values().length);

    @TempDir
    private static Path scratch = Path.of(".");

    /** What a run came to, and all it said. */
    private record Ended(ExitCode exitCode, String said) {}

    @BeforeAll
    static void beginAll() {
        TestEnvironment servers = SharedServers.get();
        for (Scenario scenario : Scenario.values()) {
            RUNS.put(scenario, THREADS.submit(() -> run(scenario, servers)));
        }
        THREADS.shutdown();
    }

    @AfterAll
    static void endAll() {
        THREADS.shutdownNow();
    }

    private static Ended run(Scenario scenario, TestEnvironment servers)
            throws IOException, InterruptedException, SQLException {
        StringWriter said = new StringWriter();
        PrintWriter writer = new PrintWriter(said);
        Invocation invocation = new Invocation(
                new ConfigLoader(Map.of()),
                scratch.resolve("none.yaml"),
                List.of(),
                OutputFormat.TEXT,
                new Invocation.Talk(false, false),
                new Invocation.Terminal(writer, writer, false, false));
        DemoRequest request = new DemoRequest(SHORT, 50, 0.5, Optional.of(scenario.label()), 0);
        Path folder = Files.createDirectory(scratch.resolve(scenario.label()));
        String database = servers.createDatabase();
        ExitCode exitCode = new ScenarioRun(scenario, request, invocation, servers, database).run(folder);
        giveSlotBack(servers, database);
        return new Ended(exitCode, said.toString());
    }

    /** The servers go on for other tests: a slot left behind would keep their log. */
    private static void giveSlotBack(TestEnvironment servers, String database) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(servers.jdbcUrl("postgres"), servers.user(), servers.password());
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
                    + " WHERE NOT active AND database = '" + database + "'");
        }
    }

    private static String endsAsAnnounced(Scenario scenario) throws ExecutionException, InterruptedException {
        Ended ended = Objects.requireNonNull(RUNS.get(scenario)).get();
        assertThat(ended.exitCode()).as(ended.said()).isEqualTo(ExitCode.OK);
        return ended.said();
    }

    @Test
    void aForgottenColumnAbortsByTheRate() throws ExecutionException, InterruptedException {
        assertThat(endsAsAnnounced(Scenario.FORGOTTEN_COLUMN)).contains("\"rule\":\"sequential\"", "COLUMN_MISSING");
    }

    @Test
    void aForgottenDocumentAbortsByTheRate() throws ExecutionException, InterruptedException {
        assertThat(endsAsAnnounced(Scenario.FORGOTTEN_DOCUMENT))
                .contains("\"rule\":\"sequential\"", "DOCUMENT_MISSING");
    }

    @Test
    void secondWritesThatComeLateConvergeAndAbortByTheLatency() throws ExecutionException, InterruptedException {
        assertThat(endsAsAnnounced(Scenario.LATE_SECOND_WRITE)).contains("the two halves of a write lie");
    }

    @Test
    void rowsThatFlapAreAWarningHoweverOftenTheyBreak() throws ExecutionException, InterruptedException {
        assertThat(endsAsAnnounced(Scenario.FLAPPING_WRITER))
                .contains("2 of 50")
                .doesNotContain("rollback_sql");
    }

    @Test
    void reportsThatDivergeAbortThoughEveryRowAgrees() throws ExecutionException, InterruptedException {
        assertThat(endsAsAnnounced(Scenario.REPORT_DIVERGENCE)).contains("report cases gives", "REPORT_DIVERGENCE");
    }

    @Test
    void writesThatBecameSlowAbortThoughEveryRowAgrees() throws ExecutionException, InterruptedException {
        assertThat(endsAsAnnounced(Scenario.SLOW_WRITES)).contains("the application's writes take");
    }

    @Test
    void aLostSlotIsBlindAndNeverGood() throws ExecutionException, InterruptedException {
        assertThat(endsAsAnnounced(Scenario.SLOT_LOST)).contains("BLIND: coverage");
    }
}
