package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Deals the blows to daemon, broker and server, and puts up again what fell; keeps how long that took. One thread. */
final class CrashRun {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern CHECKPOINT =
            Pattern.compile("verifier_checkpoint_timestamp_seconds\\{[^}]*} ([0-9.Ee+]+)");
    private static final int FENCED = 75;
    private static final int KILLED = 137;

    /** The frozen daemon's sessions, as a DBA would end them: the lock is held as long as they are. */
    private static final String END_SESSIONS = """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name <> 'application'
            """;

    private final Installation verifier;
    private final CrashServers servers;
    private final Random random;
    private final List<String> told = new ArrayList<>();
    private final List<Duration> recoveries = new ArrayList<>();

    CrashRun(Installation verifier, CrashServers servers, Random random) {
        this.verifier = verifier;
        this.servers = servers;
        this.random = random;
    }

    /** Deals all blows; a daemon runs before and after. */
    void deal(List<CrashBlow> deck) {
        List<CrashBlow> left = new ArrayList<>(deck);
        while (!left.isEmpty()) {
            List<CrashBlow> life = nextLife(left);
            CrashBlow last = life.get(life.size() - 1);
            if (last == CrashBlow.STARTING_DAEMON) {
                DaemonProcess daemon = verifier.start("run");
                rest(200, 3_000);
                daemon.kill();
                told.add(last.name());
                continue;
            }
            live(life, last);
        }
        DaemonProcess survivor = verifier.start("run");
        awaitCheckpoint(survivor, verifier.page(), Instant.now());
    }

    /** The blows that a daemon sees: those to the servers, and the one that ends it, if one is left. */
    private static List<CrashBlow> nextLife(List<CrashBlow> left) {
        List<CrashBlow> life = new ArrayList<>();
        while (!left.isEmpty() && (life.isEmpty() || left.get(0) != CrashBlow.STARTING_DAEMON)) {
            CrashBlow next = left.remove(0);
            life.add(next);
            if (next.endsTheDaemon()) {
                break;
            }
        }
        return life;
    }

    private void live(List<CrashBlow> life, CrashBlow last) {
        Instant begun = Instant.now();
        DaemonProcess daemon = verifier.startWith(last.options(random), "run");
        if (!last.isFailPoint()) {
            awaitCheckpoint(daemon, verifier.page(), begun);
        } else if (life.size() > 1) {
            // A broker that is killed while the daemon starts ends it with 69, and no fail point is reached.
            await().atMost(PATIENCE).until(() -> !daemon.isAlive() || hasCheckpointSince(verifier.page(), begun));
        }
        for (CrashBlow blow : life) {
            told.add(blow.name());
            rest(50, 700);
            switch (blow) {
                case BROKER -> broker(daemon);
                case SERVER, SERVER_IMMEDIATE -> server(blow, daemon);
                case FROZEN_DAEMON -> freeze(daemon);
                case DAEMON -> daemon.kill();
                default ->
                    assertThat(daemon.exitCode(PATIENCE))
                            .as("%s: %s", blow, daemon.err())
                            .isEqualTo(KILLED);
            }
        }
        daemon.kill();
    }

    private void broker(DaemonProcess daemon) {
        servers.kafka().kill();
        rest(0, 500);
        servers.kafka().restart();
        recovered(daemon);
    }

    private void server(CrashBlow blow, DaemonProcess daemon) {
        if (blow == CrashBlow.SERVER) {
            servers.postgres().killHard();
        } else {
            servers.postgres().stopImmediate();
        }
        rest(0, 500);
        servers.postgres().restart();
        recovered(daemon);
    }

    /** A daemon that is to die at a fail point may have died meanwhile. */
    private void recovered(DaemonProcess daemon) {
        if (daemon.isAlive()) {
            Instant up = Instant.now();
            await().atMost(PATIENCE).until(() -> !daemon.isAlive() || hasCheckpointSince(verifier.page(), up));
            if (daemon.isAlive()) {
                recoveries.add(Duration.between(up, Instant.now()));
            }
        }
    }

    private void freeze(DaemonProcess zombie) {
        zombie.signal("STOP");
        try (Connection dba = verifier.source().open();
                Statement statement = dba.createStatement()) {
            statement.execute(END_SESSIONS);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        int port = Installation.freePort();
        Page page = new Page(port);
        DaemonProcess successor = verifier.start("run", "--set", "http.port=" + port);
        awaitCheckpoint(successor, page, Instant.now());
        rest(200, 1_000);
        zombie.signal("CONT");
        assertThat(zombie.exitCode(PATIENCE)).as(zombie.err()).isEqualTo(FENCED);
        Instant gone = Instant.now();
        await().atMost(PATIENCE).until(() -> hasCheckpointSince(page, gone));
        successor.kill();
    }

    private void awaitCheckpoint(DaemonProcess daemon, Page page, Instant begun) {
        await().alias("a checkpoint after a start").atMost(PATIENCE).until(() -> {
            if (!daemon.isAlive()) {
                throw new IllegalStateException("the daemon ended:\n" + daemon.err());
            }
            return page.isUp() && hasCheckpointSince(page, begun);
        });
        recoveries.add(Duration.between(begun, Instant.now()));
    }

    private static boolean hasCheckpointSince(Page page, Instant since) {
        try {
            Matcher figure = CHECKPOINT.matcher(page.get("/metrics").body());
            return figure.find() && Double.parseDouble(figure.group(1)) * 1_000 > since.toEpochMilli();
        } catch (java.io.UncheckedIOException notUp) {
            return false;
        }
    }

    private void rest(int fromMillis, int toMillis) {
        LockSupport.parkNanos(Duration.ofMillis(fromMillis + random.nextInt(toMillis - fromMillis))
                .toNanos());
    }

    /** The blows that were dealt, in order. */
    List<String> told() {
        return told;
    }

    /** From the moment that all processes were up, or started, to the next checkpoint. */
    List<Duration> recoveries() {
        return recoveries;
    }
}
