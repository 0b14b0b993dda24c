package io.promotionverifier.postgres.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.postgres.engine.StreamedDatabase;
import io.promotionverifier.sandbox.server.EmbeddedPostgres;
import io.promotionverifier.sandbox.server.PostgresOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ssl.NonValidatingFactory;

/** What is too much, read with the daemon's heap: the right outcome, and the next row as usual. */
class HostileIT {
    private static final boolean FULL = "full".equals(System.getProperty("verifier.size"));
    private static final List<String> DAEMON =
            List.of("-XX:+UseParallelGC", "-Xmx512m", "-XX:+ExitOnOutOfMemoryError", "-Duser.timezone=UTC");

    private static final String TABLE = "CREATE TABLE t (id int PRIMARY KEY, priority text, metadata jsonb)";
    private static final String ORDERED = "CREATE TABLE t (id int PRIMARY KEY, metadata jsonb)";
    private static final String TOLD = "outcomes {DELETE=1, LIMIT=3, Matched=2}";

    private static String captured(StreamedDatabase database) throws IOException, InterruptedException {
        return captured(database, "text");
    }

    private static String captured(StreamedDatabase database, String type, String... parameters)
            throws IOException, InterruptedException {
        Lsn until = database.beat();
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(DAEMON);
        line.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeapCapture.class.getName(),
                Integer.toString(database.port()),
                database.name(),
                database.password(),
                "t",
                until.toString(),
                type));
        line.addAll(List.of(parameters));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        try (InputStream output = process.getInputStream()) {
            String said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return said;
        } finally {
            process.destroyForcibly();
        }
    }

    private static StreamedDatabase database() {
        return new StreamedDatabase("t", TABLE);
    }

    private static String document(int bytes) {
        return "jsonb_build_object('pad', repeat('y', " + bytes + "), 'priority', 'x')";
    }

    @Test
    void aDocumentBeyondTheLimitIsUnverifiableAndTheRowAfterItIsJudged() throws IOException, InterruptedException {
        try (StreamedDatabase database = database()) {
            database.run(tooLarge());
            assertThat(captured(database)).contains(TOLD);
        }
    }

    private static String[] tooLarge() {
        int size = Integer.getInteger("verifier.document.bytes", FULL ? 255 << 20 : 24 << 20);
        return new String[] {
            "INSERT INTO t VALUES (1, 'x', " + document(size) + ")",
            "ALTER TABLE t REPLICA IDENTITY FULL",
            "UPDATE t SET priority = 'y'",
            "UPDATE t SET metadata = '{\"priority\": \"y\"}'",
            "UPDATE t SET id = 2, metadata = " + document(size),
            "DELETE FROM t",
            "INSERT INTO t VALUES (3, 'x', " + document(10) + ")"
        };
    }

    @Test
    void theLimitHoldsOverTlsAndOverSocketsOfTheUsersOwn(@TempDir Path folder)
            throws IOException, InterruptedException, GeneralSecurityException {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(PostgresOptions.temporary());
                StreamedDatabase database = new StreamedDatabase(server, "t", TABLE)) {
            ServerTls.enable(database, folder);
            database.run(tooLarge());
            String own = "socketFactory=" + OwnSockets.class.getName();
            assertThat(captured(database, "text", "sslmode=disable", own)).contains(TOLD, "a socket of our own");
            assertThat(captured(
                            database, "text", "sslmode=require", "sslfactory=" + NonValidatingFactory.class.getName()))
                    .contains(TOLD);
            assertThat(captured(database, "text", "sslmode=require", own)).contains(TOLD, "a socket of our own");
        }
    }

    @Test
    void anArrayOrANumberBeyondTheLimitIsUnverifiableToo() throws IOException, InterruptedException {
        String large = "'{1234567" + "' || repeat(',1234567', 3000000) || '}'";
        try (StreamedDatabase database = new StreamedDatabase("t", TABLE.replace("text", "int[]"))) {
            database.run("INSERT INTO t VALUES (1, (" + large + ")::int[], '{}'), (2, '{1}', '{\"priority\": [1]}')");
            assertThat(captured(database, "integer[]")).contains("outcomes {LIMIT=1, Matched=1}");
        }
        String room = "SELECT %s FROM repeat('9', 131072) d, LATERAL (SELECT d::numeric AS n) x";
        try (StreamedDatabase database = new StreamedDatabase("t", ORDERED)) {
            database.run(
                    "DO $$ BEGIN FOR i IN 1..30 LOOP EXECUTE format('ALTER TABLE t ADD p%s text', i); END LOOP;"
                            + " ALTER TABLE t ADD priority numeric; END $$",
                    "INSERT INTO t "
                            + room.formatted("1, " + document(13 << 20) + ", repeat('y', 100000)".repeat(30) + ", n"),
                    "INSERT INTO t (id, metadata, priority) "
                            + room.formatted("2, jsonb_build_object('priority', n), n"));
            assertThat(captured(database, "numeric")).contains("outcomes {LIMIT=1, Matched=1}");
        }
    }

    @Test
    void documentsBelowTheLimitFitHoweverManyFollow() throws IOException, InterruptedException {
        int rows = FULL ? 100 : 8;
        try (StreamedDatabase database = database()) {
            database.run(
                    "ALTER TABLE t REPLICA IDENTITY FULL",
                    "INSERT INTO t SELECT i, 'x', " + document(13 << 20) + " FROM generate_series(1, " + rows + ") i",
                    "UPDATE t SET metadata = metadata || '{\"more\": \"\u20ac\"}' WHERE id <= 2");
            assertThat(captured(database)).contains("outcomes {LIMIT=2, Matched=" + rows + "}");
        }
    }

    @Test
    void aTransactionOfAMillionRowsNeedsNoMoreMemory() throws IOException, InterruptedException {
        int rows = FULL ? 1_000_000 : 60_000;
        try (StreamedDatabase database = database()) {
            database.run("INSERT INTO t SELECT i, 'x' || i, jsonb_build_object('priority', 'x' || i, 'pad',"
                    + " repeat('y', 200)) FROM generate_series(1, " + rows + ") i");
            assertThat(captured(database)).contains("outcomes {Matched=" + rows + "}");
        }
    }
}
