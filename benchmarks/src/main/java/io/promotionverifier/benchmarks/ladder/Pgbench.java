package io.promotionverifier.benchmarks.ladder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A busy pgbench: four sessions read a random row, dual-write it and commit, as fast as the server lets them. It is no
 * part of the embedded PostgreSQL: there only where it is on the PATH.
 *
 * @param program where it is
 */
record Pgbench(Path program) {
    private static final Pattern PROCESSED = Pattern.compile("number of transactions actually processed: (\\d+)");

    private static final String SCRIPT = """
            \\set id random(1, :rows)
            BEGIN;
            SELECT metadata FROM cases WHERE id = :id;
            UPDATE cases
              SET metadata = jsonb_set(metadata, '{priority}', to_jsonb(CASE :id % 2 WHEN 0 THEN 'low' ELSE 'high' END)),
                priority = CASE :id % 2 WHEN 0 THEN 'low' ELSE 'high' END, updated_at = clock_timestamp()
              WHERE id = :id;
            COMMIT;
            """;

    static Optional<Pgbench> installed() {
        return Programs.onPath("pgbench").map(Pgbench::new);
    }

    /**
     * Works for so long; returns how many rows were written, one by each transaction.
     *
     * @param rows the keys of the table go from 1 to this
     */
    long work(Scene scene, long rows, Duration duration) throws IOException, InterruptedException {
        Path script = Files.writeString(scene.folder().resolve("dual-write.sql"), SCRIPT);
        ProcessBuilder builder = new ProcessBuilder(
                program.toString(),
                "--no-vacuum",
                "--host=127.0.0.1",
                "--port=" + scene.servers().postgres().port(),
                "--username=" + scene.servers().user(),
                "--client=4",
                "--jobs=2",
                "--protocol=prepared",
                "--time=" + duration.toSeconds(),
                "--define=rows=" + rows,
                "--file=" + script,
                "postgres");
        builder.environment().put("PGPASSWORD", scene.servers().password());
        Process process = builder.redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("pgbench failed:\n" + told);
        }
        return processed(told);
    }

    /** The transactions that it says it has done. */
    static long processed(String told) {
        Matcher matcher = PROCESSED.matcher(told);
        if (!matcher.find()) {
            throw new IllegalStateException("pgbench does not say what it did:\n" + told);
        }
        return Long.parseLong(matcher.group(1));
    }
}
