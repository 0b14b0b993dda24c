package io.promotionverifier.postgres.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.postgres.engine.StreamedDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is too much, read with the daemon's heap: the right outcome, and the next row as usual. */
class HostileIT {
    private static final boolean FULL = "full".equals(System.getProperty("verifier.size"));
    private static final List<String> DAEMON =
            List.of("-XX:+UseParallelGC", "-Xmx512m", "-XX:+ExitOnOutOfMemoryError", "-Duser.timezone=UTC");

    private static String captured(StreamedDatabase database) throws IOException, InterruptedException {
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
                until.toString()));
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
        return new StreamedDatabase("t", "CREATE TABLE t (id int PRIMARY KEY, priority text, metadata jsonb)");
    }

    private static String document(int bytes) {
        return "jsonb_build_object('pad', repeat('y', " + bytes + "), 'priority', 'x')";
    }

    @Test
    void aDocumentBeyondTheLimitIsUnverifiableAndTheRowAfterItIsJudged() throws IOException, InterruptedException {
        int size = Integer.getInteger("verifier.document.bytes", FULL ? 255 << 20 : 24 << 20);
        try (StreamedDatabase database = database()) {
            database.run(
                    "INSERT INTO t VALUES (1, 'x', " + document(size) + ")",
                    "ALTER TABLE t REPLICA IDENTITY FULL",
                    "UPDATE t SET priority = 'y'",
                    "UPDATE t SET metadata = '{\"priority\": \"y\"}'",
                    "UPDATE t SET id = 2, metadata = " + document(size),
                    "DELETE FROM t",
                    "INSERT INTO t VALUES (3, 'x', " + document(10) + ")");
            assertThat(captured(database)).contains("outcomes {DELETE=1, LIMIT=3, Matched=2}");
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
