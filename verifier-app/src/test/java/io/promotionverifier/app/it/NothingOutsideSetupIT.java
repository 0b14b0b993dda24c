package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.promotionverifier.app.it.StatementLog.Logged;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.sandbox.server.EmbeddedPostgres;
import io.promotionverifier.sandbox.server.SharedServers;
import io.promotionverifier.sandbox.server.TestEnvironment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the server's own log says of us, from doctor to uninstall, with a role that owns the promoted table and could do
 * anything to it.
 */
class NothingOutsideSetupIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ROLE = "watcher";

    /** So many different statements, the engine's included: more deserve a look. */
    private static final int MOST = 110;

    private static final String MARK = "SELECT 'mark: ";

    /** Words that change a server: no statement of ours begins with one outside of setup and uninstall. */
    private static final Pattern CHANGES = Pattern.compile(
            "(?i)\\b(ALTER|CREATE|DROP|INSERT|UPDATE|DELETE|TRUNCATE|GRANT|REVOKE|LOCK|COPY|COMMENT|VACUUM|REINDEX|CALL|DO"
                    + "|MERGE|REFRESH|CLUSTER|IMPORT|SECURITY|REASSIGN|PREPARE|NOTIFY|lo_import|pg_advisory_lock)\\b.*");

    private final Path folder;

    NothingOutsideSetupIT(@TempDir Path folder) {
        this.folder = folder;
    }

    /**
     * A PostgreSQL of our own and the shared Kafka.
     *
     * @param server the PostgreSQL
     */
    private record Servers(EmbeddedPostgres server) implements TestEnvironment {
        @Override
        public String bootstrap() {
            return SharedServers.get().bootstrap();
        }

        @Override
        public String jdbcUrl(String database) {
            return server.jdbcUrl(database);
        }

        @Override
        public String user() {
            return server.user();
        }

        @Override
        public String password() {
            return server.password();
        }

        @Override
        public void close() {
            server.close();
        }
    }

    @Test
    void theStatementLogShowsNoChangeOutsideSetupAndOnlyWhatIsListed() {
        try (Servers servers = new Servers(EmbeddedPostgres.start(StatementLog.options()));
                Installation verifier = new Installation(folder, Installation.CALM, servers)) {
            Source application = verifier.source();
            application.run(
                    "CREATE ROLE " + ROLE + " LOGIN REPLICATION PASSWORD 'watch'",
                    "GRANT CREATE ON DATABASE " + application.name() + " TO " + ROLE,
                    "ALTER TABLE nexus_cases OWNER TO " + ROLE);
            verifier.connectAs(ROLE, "watch");
            String before = objects(application);
            runThrough(verifier, application);
            assertThat(objects(application)).isEqualTo(before);

            StatementLog log = new StatementLog(servers.server());
            // The server's collector writes when it comes to it; what stands before the last mark has been written
            // then.
            Map<String, List<Logged>> said = await().atMost(PATIENCE)
                    .until(() -> byPhase(log.statements()), phases -> phases.containsKey("end"));
            assertThat(said.keySet())
                    .containsExactly("doctor", "dry run", "setup", "run", "status", "uninstall", "end");
            changesNothingOutsideSetup(said);
            List<Logged> ours = said.values().stream().flatMap(List::stream).toList();
            saysOnlyWhatIsListed(ours);
            everySessionHasTimeouts(ours);
        }
    }

    @Test
    void theListWouldNotLetThrough() {
        assertThat(List.of(
                        "SELECT * FROM public.nexus_cases",
                        "SELECT count(*) FROM pg_class JOIN nexus_cases ON true",
                        "SELECT pg_catalog.pg_reload_conf() FROM pg_class",
                        "SELECT 1; DROP TABLE nexus_cases",
                        "CREATE PUBLICATION \"p\" FOR ALL TABLES",
                        "ALTER TABLE nexus_cases REPLICA IDENTITY FULL"))
                .noneMatch(sql -> AllowedStatements.matches("promotion-verifier | " + sql));
    }

    private static String objects(Source application) {
        return application.one("SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class"
                        + " WHERE relnamespace::regnamespace::text !~ '^(pg_|information_schema)'")
                + application.one(
                        "SELECT concat_ws(' ', xmin, relreplident) FROM pg_class WHERE relname = 'nexus_cases'")
                + application.one("SELECT count(*) FROM pg_publication")
                + application.one("SELECT count(*) FROM pg_replication_slots")
                + application.one("SELECT count(*) FROM pg_proc")
                + application.one("SELECT count(*) FROM pg_trigger");
    }

    private static void runThrough(Installation verifier, Source application) {
        mark(application, "doctor");
        assertThat(verifier.run("doctor").exitCode()).isZero();
        mark(application, "dry run");
        assertThat(verifier.run("setup", "--dry-run").exitCode()).isZero();
        mark(application, "setup");
        assertThat(verifier.run("setup").exitCode()).isZero();
        mark(application, "run");
        verifier.startDaemon();
        application.setBoth(1, "high");
        application.setColumn(2, "high");
        application.insert(30, "low", "low");
        application.delete(3);
        await().atMost(PATIENCE)
                .until(() -> verifier.status().at("/counts/changes").asInt() == 4
                        && verifier.status().at("/findings/confirmed").asInt() == 1);
        mark(application, "status");
        assertThat(verifier.run("status").exitCode()).isIn(0, 4);
        assertThat(verifier.run("findings").exitCode()).isEqualTo(1);
        assertThat(verifier.run("doctor").exitCode()).isZero();
        verifier.stopDaemons();
        mark(application, "uninstall");
        assertThat(verifier.run("uninstall", "--yes").exitCode()).isZero();
        mark(application, "end");
    }

    private static void mark(Source application, String phase) {
        application.one(MARK + phase + "'");
    }

    /** What our role said, by the mark before it. */
    private static Map<String, List<Logged>> byPhase(List<Logged> all) {
        Map<String, List<Logged>> phases = new LinkedHashMap<>();
        String phase = "";
        for (Logged logged : all) {
            if (logged.sql().startsWith(MARK)) {
                phase = logged.sql().substring(MARK.length()).replace("'", "");
                phases.put(phase, new java.util.ArrayList<>());
            } else if (logged.user().equals(ROLE)) {
                phases.getOrDefault(phase, List.of()).add(logged);
            }
        }
        return phases;
    }

    private static List<String> changes(List<Logged> statements) {
        return statements.stream()
                .map(Logged::sql)
                .map(sql -> sql.replaceAll("'(?:[^']|'')*'", "''"))
                .filter(sql ->
                        CHANGES.matcher(sql).lookingAt() || sql.contains("pg_create_") || sql.contains("pg_drop_"))
                .toList();
    }

    private static void changesNothingOutsideSetup(Map<String, List<Logged>> said) {
        said.forEach((phase, statements) -> {
            List<String> changes = changes(statements);
            switch (phase) {
                case "setup" ->
                    assertThat(changes)
                            .satisfiesExactly(
                                    first -> assertThat(first).startsWith("CREATE PUBLICATION "),
                                    second -> assertThat(second)
                                            .startsWith("SELECT pg_create_logical_replication_slot("));
                case "uninstall" ->
                    assertThat(changes)
                            .satisfiesExactly(
                                    first -> assertThat(first).startsWith("SELECT pg_drop_replication_slot("),
                                    second -> assertThat(second).startsWith("DROP PUBLICATION "));
                default -> assertThat(changes).as(phase).isEmpty();
            }
        });
    }

    private static void saysOnlyWhatIsListed(List<Logged> ours) {
        Set<String> distinct = ours.stream()
                .map(logged -> logged.application() + " | " + logged.sql())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(distinct).allMatch(AllowedStatements::matches).hasSizeLessThan(MOST);
        assertThat(AllowedStatements.unused(distinct)).isEmpty();
    }

    /** Every session of ours sets its time-outs before it says anything else; they hold until it sets others. */
    private static void everySessionHasTimeouts(List<Logged> ours) {
        Predicate<Logged> own = logged -> logged.application().equals(PostgresAccess.APPLICATION_NAME);
        Map<Integer, List<Logged>> sessions = ours.stream()
                .filter(own)
                .filter(logged -> !logged.sql().equals("IDENTIFY_SYSTEM"))
                .collect(Collectors.groupingBy(Logged::pid, LinkedHashMap::new, Collectors.toList()));
        assertThat(sessions).hasSizeGreaterThan(5);
        sessions.values().forEach(session -> {
            List<String> first = session.stream()
                    .takeWhile(logged -> logged.sql().startsWith("SELECT set_config("))
                    .map(Logged::detail)
                    .toList();
            assertThat(first).as(session.toString()).anyMatch(detail -> detail.contains("statement_timeout"));
            assertThat(first).as(session.toString()).anyMatch(detail -> detail.contains("lock_timeout"));
            assertThat(session).noneMatch(logged -> logged.detail().matches(".*_timeout'.*'0(ms)?'.*"));
        });
    }
}
