package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Law 7 in a daemon with a heap of 172 MB: one transaction of any size, a backlog of any length, whether the daemon or
 * Kafka was away, more rows that disagree than there is room for, and a log that does not grow with any of them.
 * {@code -Pbounded} runs ten million rows in one transaction and lets a million disagree.
 */
class BoundedIT {
    private static final int ROWS = Integer.getInteger("verifier.bounded.rows", 100_000);
    private static final int BACKLOG = Integer.getInteger("verifier.bounded.backlog", 50_000);
    private static final int FINDINGS = Integer.getInteger("verifier.bounded.findings", 20_000);
    private static final int ROWS_PER_TRANSACTION = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(60).plusMillis((ROWS + BACKLOG + FINDINGS) * 2L);
    private static final List<String> SMALL = List.of("-Xmx172m", "-XX:+ExitOnOutOfMemoryError");

    /** A heap with room for fewer findings than there are. */
    private static final List<String> FLOODED =
            FINDINGS < 100_000 && ROWS < 1_000_000 ? List.of("-Xmx148m", "-XX:+ExitOnOutOfMemoryError") : SMALL;

    /** One row of so many disagrees: few enough that a heap of 172 MB has room for all of them. */
    private static final int EVERY = Math.max(500, ROWS / 2_000);

    /** So large a transaction is worth the time to have the daemon killed in the middle of it. */
    private static final int LARGE = 1_000_000;

    /** Far fewer than the mismatches, and room for a build that is slow. */
    private static final int MOST_LINES = 150;

    private static final String TABLE = """
            CREATE TABLE big (id bigint PRIMARY KEY, metadata jsonb, priority text, score integer, status text)
            """;

    /**
     * The first promotion disagrees in every so-manieth row, the second in half as many; the third is absent
     * everywhere.
     */
    private static final String INSERT = """
            INSERT INTO big (id, metadata, priority, score)
            SELECT id, jsonb_build_object('priority', 'low', 'score', id, 'pad', repeat('x', 40)),
                   CASE WHEN id %% {every} = 0 THEN 'high' ELSE 'low' END,
                   CASE WHEN id %% (2 * {every}) <> 0 THEN id END
            FROM generate_series(%d, %d) AS id
            """.replace("{every}", String.valueOf(EVERY));

    @TempDir
    private Path folder = Path.of(".");

    private static String promotion(String column) {
        return """
                  - id: %s
                    table: public.big
                    from: metadata->>'%s'
                    to: %s
                    phase: B
                    started: 2025-01-16T00:00:00Z
                    owner: architecture-team
                """.formatted(column, column, column);
    }

    @Test
    void memoryAndLogDoNotGrowWithTheTransactionTheBacklogOrTheTrouble() {
        try (CrashServers servers = new CrashServers();
                Installation verifier = new Installation(
                        folder,
                        servers,
                        Installation.CALM,
                        promotion("priority") + promotion("score") + promotion("status"))) {
            verifier.source().run(TABLE);
            assertThat(verifier.run("setup").exitCode()).isZero();
            DaemonProcess daemon = start(verifier);

            Instant begun = Instant.now();
            verifier.source().run(INSERT.formatted(1, ROWS));
            if (ROWS >= LARGE) {
                daemon = killedInside(verifier, daemon);
            }
            awaitChanges(verifier, daemon, ROWS);
            tell("one transaction", ROWS, begun, daemon);
            exact(verifier, ROWS);

            daemon.terminate();
            assertThat(daemon.exitCode(PATIENCE)).isEqualTo(143);
            insert(verifier, ROWS, BACKLOG / 2);
            begun = Instant.now();
            daemon = start(verifier);
            awaitChanges(verifier, daemon, ROWS + BACKLOG / 2);
            tell("a backlog", BACKLOG / 2, begun, daemon);
            exact(verifier, ROWS + BACKLOG / 2);

            servers.kafka().kill();
            insert(verifier, ROWS + BACKLOG / 2, BACKLOG / 2);
            await().atMost(PATIENCE)
                    .until(() -> verifier.page().get("/health/ready").statusCode() == 503);
            servers.kafka().restart();
            begun = Instant.now();
            awaitChanges(verifier, daemon, ROWS + BACKLOG);
            tell("what was written while Kafka was away", BACKLOG / 2, begun, daemon);
            exact(verifier, ROWS + BACKLOG);

            trouble(verifier, servers, daemon);
            long lines = daemon.err().lines().count();
            System.out.println("BoundedIT: " + lines + " log lines");
            assertThat(lines).as(daemon.err()).isLessThan(MOST_LINES);
            assertThat(verifier.status().path("gaps")).isEmpty();

            daemon.terminate();
            assertThat(daemon.exitCode(PATIENCE)).isEqualTo(143);
            flood(verifier, ROWS + BACKLOG + 3 * 2_000 + 2_000);
        }
    }

    /** More rows disagree than the heap has room for, and all are written once more in one transaction. */
    private static void flood(Installation verifier, int before) {
        DaemonProcess daemon = start(verifier, FLOODED);
        disagree(verifier, daemon, "wrong", before + FINDINGS);
        JsonNode full = Statuses.of(verifier.statuses(), "priority");
        assertThat(open(full)).isBetween(FINDINGS / 100, FINDINGS - 1);
        assertThat(full.at("/counts/unverifiable").asInt()).isGreaterThanOrEqualTo(FINDINGS - open(full));
        assertThat(full.path("reason").asText()).contains("beyond the limit");
        System.out.printf("BoundedIT: %s have room for %d open findings%n", FLOODED, open(full));

        daemon.kill();
        daemon = start(verifier, FLOODED);
        disagree(verifier, daemon, "worse", before + 2 * FINDINGS);
        assertThat(open(Statuses.of(verifier.statuses(), "priority"))).isEqualTo(open(full));

        daemon.kill();
        DaemonProcess tooSmall = verifier.startWith(List.of("-Xmx96m"), "run");
        assertThat(tooSmall.exitCode(PATIENCE)).isEqualTo(78);
        assertThat(tooSmall.err()).contains("VERIFIER_JAVA_OPTS=-Xmx");

        daemon = start(verifier, FLOODED);
        disagree(verifier, daemon, "low", before + 3 * FINDINGS);
        assertThat(open(Statuses.of(verifier.statuses(), "priority"))).isLessThan(open(full) / 2);
    }

    private static void disagree(Installation verifier, DaemonProcess daemon, String priority, int changes) {
        Instant begun = Instant.now();
        verifier.source().run("UPDATE big SET priority = '" + priority + "' WHERE id <= " + FINDINGS);
        awaitChanges(verifier, daemon, changes);
        tell("priority " + priority, FINDINGS, begun, daemon);
    }

    private static int open(JsonNode status) {
        return status.at("/findings/suspected").asInt()
                + status.at("/findings/confirmed").asInt();
    }

    /** The transaction is shown again from its first row, and what was folded of it is recognised. */
    private static DaemonProcess killedInside(Installation verifier, DaemonProcess daemon) {
        await().atMost(PATIENCE).until(() -> {
            int folded = verifier.page()
                    .json("/api/v1/status")
                    .path(0)
                    .at("/counts/changes")
                    .asInt();
            return folded > ROWS / 3;
        });
        tell("killed inside of one transaction", ROWS, Instant.now(), daemon);
        daemon.kill();
        return start(verifier);
    }

    private static DaemonProcess start(Installation verifier) {
        return start(verifier, SMALL);
    }

    private static DaemonProcess start(Installation verifier, List<String> heap) {
        DaemonProcess daemon = verifier.startWith(heap, "run");
        daemon.awaitReady(verifier.page());
        return daemon;
    }

    private static void insert(Installation verifier, int after, int rows) {
        for (int from = after; from < after + rows; from += ROWS_PER_TRANSACTION) {
            verifier.source().run(INSERT.formatted(from + 1, from + ROWS_PER_TRANSACTION));
        }
    }

    /** Thousands of mismatches and three crashes of the server. */
    private static void trouble(Installation verifier, CrashServers servers, DaemonProcess daemon) {
        int changes = ROWS + BACKLOG;
        for (int round = 1; round <= 3; round++) {
            for (int from = 1; from < 2_000; from += 20) {
                verifier.source()
                        .run("UPDATE big SET priority = 'wrong" + round + "' WHERE id BETWEEN " + from + " AND "
                                + (from + 19));
            }
            changes += 2_000;
            servers.postgres().killHard();
            servers.postgres().restart();
            verifier.source().reconnect();
            awaitChanges(verifier, daemon, changes);
        }
        verifier.source().run("UPDATE big SET priority = 'low' WHERE id BETWEEN 1 AND 2000");
        awaitChanges(verifier, daemon, changes + 2_000);
    }

    private static void awaitChanges(Installation verifier, DaemonProcess daemon, int changes) {
        await().alias(changes + " changes").atMost(PATIENCE).until(() -> {
            if (!daemon.isAlive()) {
                throw new IllegalStateException("the daemon ended:\n" + daemon.err());
            }
            for (JsonNode status : verifier.page().json("/api/v1/status")) {
                if (status.at("/counts/changes").asInt() != changes) {
                    return false;
                }
            }
            return true;
        });
    }

    private static void exact(Installation verifier, int rows) {
        Map<String, JsonNode> statuses = verifier.statuses();
        counts(Statuses.of(statuses, "priority"), rows, "matched", rows - rows / EVERY, rows / EVERY);
        counts(Statuses.of(statuses, "score"), rows, "matched", rows - rows / (2 * EVERY), rows / (2 * EVERY));
        counts(Statuses.of(statuses, "status"), rows, "absent", rows, 0);
    }

    private static void counts(JsonNode status, int changes, String agreed, int agreeing, int mismatched) {
        assertThat(status.at("/counts/changes").asInt()).isEqualTo(changes);
        assertThat(status.at("/counts/" + agreed).asInt()).isEqualTo(agreeing);
        assertThat(status.at("/counts/mismatched").asInt()).isEqualTo(mismatched);
    }

    private static void tell(String what, int rows, Instant begun, DaemonProcess daemon) {
        System.out.printf(
                "BoundedIT: %s of %d rows in %d ms; most memory of the process: %s%n",
                what, rows, Duration.between(begun, Instant.now()).toMillis(), daemon.mostMemory());
    }
}
