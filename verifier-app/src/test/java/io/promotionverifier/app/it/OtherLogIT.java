package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.promotionverifier.sandbox.server.PostgresOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Under the same address another log is found: a backup that was put back, a timeline after a failover. */
class OtherLogIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SHUTDOWN_SECONDS = 15;

    @TempDir
    private Path folder = Path.of(".");

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PostgresOptions server(String name, int port) {
        return PostgresOptions.in(folder.resolve(name)).withDurable(false).withPort(port);
    }

    @Test
    void aRestoredBackupAndAnotherTimelineAreGapsAndNeverSilence() throws IOException {
        Path home = Files.createDirectory(folder.resolve("verifier"));
        Path backup = folder.resolve("backup");
        OwnPostgres server = new OwnPostgres(server("original", 0));
        int port = server.server().port();
        try (Installation verifier = new Installation(home, Installation.CALM, server)) {
            Statuses statuses = new Statuses(verifier);
            backedUpAndWrittenOn(verifier, statuses, server, backup);
            DaemonProcess daemon = verifier.startDaemon();

            server.close();
            server = new OwnPostgres(server("backup", port));
            verifier.source().reconnect();
            JsonNode blind = statuses.awaitOne(
                    "blind",
                    seen -> Statuses.isBlind(seen) && Statuses.reason(seen).contains("restored backup"));
            assertThat(Statuses.reason(blind)).contains("setup --resume", "census");
            assertThat(daemon.isAlive()).isTrue();
            stop(daemon);
            refuses(verifier, "a restored backup");
            goesOnBehindTheGap(verifier, statuses);

            server.close();
            Files.createFile(backup.resolve("data").resolve("recovery.signal"));
            server = new OwnPostgres(server("backup", port).withSetting("restore_command", "false"));
            verifier.source().reconnect();
            assertThat(verifier.source().one("SELECT timeline_id FROM pg_control_checkpoint()"))
                    .isEqualTo("2");
            refuses(verifier, "another timeline");
            goesOnBehindTheGap(verifier, statuses);
            verifier.replaysTheSame();
        } finally {
            server.close();
        }
    }

    /** Twenty rows are judged, the server is backed up cold, and many more are judged that the backup does not hold. */
    private static void backedUpAndWrittenOn(
            Installation verifier, Statuses statuses, OwnPostgres original, Path backup) {
        assertThat(verifier.run("setup").exitCode()).isZero();
        DaemonProcess daemon = verifier.startDaemon();
        verifier.source().run("UPDATE nexus_cases SET priority = 'high'");
        statuses.awaitOne("before the backup", seen -> Statuses.changes(seen) == 20);
        stop(daemon);
        assertThat(original.server().stopFast(SHUTDOWN_SECONDS)).isTrue();
        copy(original.server().directory(), backup);
        original.server().restart();
        verifier.source().reconnect();
        daemon = verifier.startDaemon();
        for (int i = 0; i < 50; i++) {
            verifier.source().run("UPDATE nexus_cases SET priority = 'low'");
        }
        statuses.awaitOne("after the backup", seen -> Statuses.changes(seen) == 1_020);
        stop(daemon);
    }

    private static void stop(DaemonProcess daemon) {
        daemon.terminate();
        daemon.exitCode(PATIENCE);
    }

    private static void refuses(Installation verifier, String why) {
        DaemonProcess refused = verifier.start("run");
        assertThat(refused.exitCode(PATIENCE)).as(refused.err()).isEqualTo(78);
        assertThat(refused.err()).contains(why, "setup --resume");
        assertThat(verifier.run("setup").exitCode()).isEqualTo(78);
    }

    private static void goesOnBehindTheGap(Installation verifier, Statuses statuses) {
        int counted = Statuses.changes(verifier.status());
        Installation.Ended resumed = verifier.run("setup", "--resume");
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        int gaps = verifier.status().path("gaps").size();
        DaemonProcess daemon = verifier.startDaemon();
        verifier.source().run("UPDATE nexus_cases SET priority = 'urgent'");
        JsonNode after = statuses.awaitOne(
                "behind the gap",
                seen -> Statuses.changes(seen) == counted + 20
                        && Statuses.openGaps(seen).isEmpty());
        assertThat(Statuses.isBlind(after)).isTrue();
        assertThat(Statuses.reason(after)).contains("coverage gap");
        assertThat(after.path("gaps")).hasSize(gaps).isNotEmpty();
        assertThat(verifier.topics().changes())
                .hasSize(counted + 20)
                .extracting(Topics.Event::id)
                .doesNotHaveDuplicates();
        assertThat(verifier.topics().findings()).extracting(Topics.Event::id).doesNotHaveDuplicates();
        stop(daemon);
    }
}
