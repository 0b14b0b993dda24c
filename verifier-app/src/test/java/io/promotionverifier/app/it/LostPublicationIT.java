package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.promotionverifier.sandbox.server.PostgresOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The publication is dropped under a running verifier. Old servers refuse to go on, new ones leave rows out without a
 * word: on both it is a gap.
 */
class LostPublicationIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Where the build unpacked the oldest and the newest server; without it the one on the class path is asked. */
    private static final String ARCHIVES = System.getProperty("verifier.postgres.archives", "");

    @TempDir
    private Path folder = Path.of(".");

    static List<PostgresOptions> servers() {
        if (!Files.isDirectory(Path.of(ARCHIVES)) || ARCHIVES.isEmpty()) {
            return List.of(PostgresOptions.temporary());
        }
        try (Stream<Path> found = Files.walk(Path.of(ARCHIVES), 2)) {
            return found.filter(file -> file.toString().endsWith(".txz"))
                    .sorted()
                    .map(archive -> PostgresOptions.temporary().withBinaries(archive))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aDroppedPublicationIsAGapAndResumeGoesOnBehindIt(PostgresOptions options) {
        try (OwnPostgres own = new OwnPostgres(options);
                Installation verifier = new Installation(folder, Installation.CALM, own)) {
            Source source = verifier.source();
            Statuses statuses = new Statuses(verifier);
            assertThat(verifier.run("setup").exitCode()).isZero();
            DaemonProcess daemon = verifier.startDaemon();
            source.setColumn(1, "high");
            statuses.awaitOne("the first row", seen -> Statuses.changes(seen) == 1);

            source.run("DROP PUBLICATION " + source.name());
            source.setColumn(2, "high");
            JsonNode blind = statuses.awaitOne(
                    "blind",
                    seen -> Statuses.isBlind(seen) && Statuses.reason(seen).contains("publication"));
            assertThat(Statuses.reason(blind)).contains("does not exist", "setup --resume", "census");
            assertThat(source.publications()).isEqualTo("0");
            assertThat(daemon.isAlive()).isTrue();
            daemon.terminate();
            daemon.exitCode(PATIENCE);
            DaemonProcess refused = verifier.start("run");
            assertThat(refused.exitCode(PATIENCE)).isEqualTo(78);
            assertThat(refused.err()).contains("publication " + source.name() + " does not exist", "setup --resume");

            Installation.Ended resumed = verifier.run("setup", "--resume");
            assertThat(resumed.exitCode()).as(resumed.err()).isZero();
            assertThat(resumed.out()).contains("CREATE PUBLICATION", "record the coverage gap");
            verifier.startDaemon();
            source.setColumn(3, "high");
            JsonNode after = statuses.awaitOne(
                    "the row behind the gap",
                    seen -> Statuses.changes(seen) == 2
                            && Statuses.openGaps(seen).isEmpty());
            assertThat(after.path("gaps")).isNotEmpty();
            assertThat(Statuses.isBlind(after)).isTrue();
            assertThat(Statuses.reason(after)).contains("coverage gap");
        }
    }
}
