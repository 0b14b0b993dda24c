package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.sandbox.server.PostgresOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is shut down under the verifier, idle and busy, and another verifier wants its place meanwhile. */
class ServerRestartIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SHUTDOWN_SECONDS = 15;
    private static final String LOCKS = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted";

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void theServersShutdownIsNotDelayedAndTheLockIsTakenAgain() {
        try (OwnPostgres own = new OwnPostgres(PostgresOptions.temporary());
                Installation verifier = new Installation(folder, Installation.CALM, own)) {
            Statuses statuses = new Statuses(verifier);
            assertThat(verifier.run("setup").exitCode()).isZero();
            DaemonProcess daemon = verifier.startDaemon();
            verifier.source().setColumn(1, "high");
            statuses.awaitOne("the first row", seen -> Statuses.changes(seen) == 1);

            assertThat(own.server().stopFast(SHUTDOWN_SECONDS)).as("idle").isTrue();
            own.server().restart();
            verifier.source().reconnect();
            verifier.source().setColumn(2, "high");
            statuses.awaitOne("streaming again", seen -> Statuses.changes(seen) == 2);
            assertThat(verifier.source().one(LOCKS)).isEqualTo("1");
            assertThat(verifier.run("setup").exitCode()).isEqualTo(75);

            AtomicBoolean writing = new AtomicBoolean(true);
            CompletableFuture<Integer> written = CompletableFuture.supplyAsync(() -> write(verifier.source(), writing));
            statuses.awaitOne("busy", seen -> Statuses.changes(seen) > 50);
            assertThat(own.server().stopFast(SHUTDOWN_SECONDS)).as("busy").isTrue();
            writing.set(false);
            written.join();
            own.server().restart();
            verifier.source().reconnect();
            int committed = Integer.parseInt(
                    verifier.source().one("SELECT 1 + priority::bigint FROM nexus_cases WHERE id = 20"));
            statuses.awaitOne("every row of before", seen -> Statuses.changes(seen) == 2 + committed);
            assertThat(verifier.status().path("gaps")).isEmpty();
            assertThat(daemon.isAlive()).isTrue();
            assertThat(verifier.page().get("/metrics").body())
                    .contains("verifier_engine_restarts_total{cause=\"waiting\"");

            daemon.kill();
            DaemonProcess next = verifier.startDaemon();
            verifier.source().setColumn(3, "high");
            statuses.awaitOne("the next one", seen -> Statuses.changes(seen) == 3 + committed);
            DaemonProcess refused = verifier.start("run");
            assertThat(refused.exitCode(PATIENCE)).isEqualTo(75);
            assertThat(refused.err()).contains("another verifier works with slot", "pid ");
            assertThat(next.isAlive()).isTrue();
            verifier.replaysTheSame();
        }
    }

    /** Counts up one row's column until the server goes; the row knows how often that was committed. */
    private static int write(Source source, AtomicBoolean writing) {
        int written = 0;
        try {
            source.run("UPDATE nexus_cases SET priority = '0' WHERE id = 20");
            while (writing.get()) {
                source.run("UPDATE nexus_cases SET priority = (priority::bigint + 1)::text WHERE id = 20");
                written++;
            }
        } catch (IllegalStateException serverGone) {
            return written;
        }
        return written;
    }

    @Test
    void whileTheServerRestartsOneOfTwoVerifiersWinsAndTheOtherEnds() {
        try (OwnPostgres own = new OwnPostgres(PostgresOptions.temporary());
                Installation verifier = new Installation(folder, Installation.CALM, own)) {
            Statuses statuses = new Statuses(verifier);
            assertThat(verifier.run("setup").exitCode()).isZero();
            DaemonProcess first = verifier.startDaemon();
            verifier.source().setColumn(1, "high");
            statuses.awaitOne("the first row", seen -> Statuses.changes(seen) == 1);

            first.freeze();
            own.server().killHard();
            own.server().restart();
            verifier.source().reconnect();
            DaemonProcess second = verifier.start("run", "--set", "http.port=0");
            verifier.source().setColumn(2, "high");
            Awaitility.await("the second has the lock")
                    .atMost(PATIENCE.multipliedBy(2))
                    .until(() -> {
                        assertThat(second.isAlive()).as(second.err()).isTrue();
                        return Statuses.changes(verifier.status()) == 2;
                    });
            first.thaw();
            assertThat(first.exitCode(PATIENCE)).as(first.err()).isEqualTo(75);

            assertThat(own.server().stopFast(SHUTDOWN_SECONDS)).isTrue();
            DaemonProcess third = verifier.start("run", "--set", "http.port=0");
            own.server().restart();
            verifier.source().reconnect();
            verifier.source().setColumn(3, "high");
            Awaitility.await("one ends").atMost(PATIENCE).until(() -> !second.isAlive() || !third.isAlive());
            DaemonProcess loser = second.isAlive() ? third : second;
            // 69: it asked while nobody answered.
            assertThat(loser.exitCode(PATIENCE)).as(loser.err()).isIn(75, 69);
            statuses.awaitOne("one goes on", seen -> Statuses.changes(seen) == 3);
            verifier.source().setColumn(4, "high");
            statuses.awaitOne("and on", seen -> Statuses.changes(seen) == 4);
            assertThat(second.isAlive()).isNotEqualTo(third.isAlive());
            assertThat(verifier.topics().history()).extracting(Topics.Event::id).doesNotHaveDuplicates();
            assertThat(verifier.topics().changes()).hasSize(4);
            assertThat(verifier.status().path("gaps")).isEmpty();
            verifier.replaysTheSame();
        }
    }

    @Test
    void aFrozenVerifierThatWakesUpEndsAndTellsNothingTwice() {
        try (Installation verifier = new Installation(folder)) {
            Statuses statuses = new Statuses(verifier);
            assertThat(verifier.run("setup").exitCode()).isZero();
            DaemonProcess frozen = verifier.startDaemon();
            verifier.source().setColumn(1, "high");
            statuses.awaitOne("the first row", seen -> Statuses.changes(seen) == 1);

            frozen.freeze();
            DaemonProcess early = verifier.start("run");
            assertThat(early.exitCode(PATIENCE)).isEqualTo(75);
            // What the server does by itself once the lock's session has asked nothing for 45 s.
            verifier.source()
                    .run("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database ="
                            + " (SELECT oid FROM pg_database WHERE datname = current_database())");
            verifier.edit("port: " + verifier.port(), "port: 0");
            DaemonProcess successor = verifier.start("run");
            verifier.source().setColumn(2, "high");
            statuses.awaitOne("the successor", seen -> Statuses.changes(seen) == 2);
            frozen.thaw();
            assertThat(frozen.exitCode(PATIENCE)).isEqualTo(75);

            verifier.source().setColumn(3, "high");
            statuses.awaitOne("goes on", seen -> Statuses.changes(seen) == 3);
            assertThat(successor.isAlive()).isTrue();
            assertThat(verifier.topics().changes())
                    .hasSize(3)
                    .extracting(Topics.Event::id)
                    .doesNotHaveDuplicates();
            assertThat(verifier.topics().history()).extracting(Topics.Event::id).doesNotHaveDuplicates();
            verifier.replaysTheSame();
        }
    }
}
