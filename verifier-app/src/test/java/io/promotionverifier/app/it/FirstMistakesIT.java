package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new user does wrong first: one clear message, the right exit code, and nothing harmed. */
class FirstMistakesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final Installation verifier;

    FirstMistakesIT(@TempDir Path folder) {
        this.folder = folder;
        this.verifier = new Installation(folder);
    }

    @AfterEach
    void leave() {
        verifier.close();
    }

    /** Runs the daemon as a user would and returns the only line that it says. */
    private String onlyLineOf(int exitCode, String... command) {
        DaemonProcess process = verifier.start(command);
        int ended = process.exitCode(PATIENCE);
        List<String> said = process.err().lines().toList();
        assertThat(said).as("exit code %d", ended).hasSize(1);
        assertThat(ended).as(said.get(0)).isEqualTo(exitCode);
        return said.get(0);
    }

    private void setUp() {
        Installation.Ended setup = verifier.run("setup");
        assertThat(setup.exitCode()).as(setup.err()).isZero();
    }

    @Test
    void aWrongPasswordIs77() {
        setUp();
        verifier.edit("${env:SOURCE_PASSWORD}", "mistyped");
        assertThat(onlyLineOf(77, "run")).contains("password").doesNotContain("mistyped");
        assertThat(verifier.run("doctor").exitCode()).isEqualTo(77);
    }

    @Test
    void aPostgresThatIsNotThereIs69() {
        setUp();
        int nobody = Installation.freePort();
        verifier.edit(verifier.url(), "jdbc:postgresql://127.0.0.1:" + nobody + "/nexus");
        assertThat(onlyLineOf(69, "run")).contains("127.0.0.1:" + nobody);
        assertThat(verifier.run("doctor").exitCode()).isEqualTo(69);
    }

    @Test
    void aKafkaThatIsNotThereIs69() {
        setUp();
        int nobody = Installation.freePort();
        verifier.edit(verifier.bootstrap(), "127.0.0.1:" + nobody);
        assertThat(onlyLineOf(69, "run")).contains("127.0.0.1:" + nobody);
    }

    @Test
    void runBeforeSetupIs78AndNamesSetup() {
        assertThat(onlyLineOf(78, "run")).contains("setup");
        assertThat(verifier.run("status").exitCode()).isEqualTo(78);
    }

    @Test
    void aMissingSlotIs78AndNamesIt() {
        setUp();
        verifier.source()
                .run("SELECT pg_drop_replication_slot('" + verifier.source().name() + "')");
        assertThat(onlyLineOf(78, "run")).contains(verifier.source().name(), "setup");
    }

    @Test
    void anUnknownKeyIs78WithItsLineAndItsName() {
        verifier.edit("  heartbeat: 200ms", "  hartbeat: 200ms");
        assertThat(onlyLineOf(78, "run")).contains("verifier.yaml:10:", "hartbeat", "heartbeat");
    }

    @Test
    void aTableThatDoesNotExistIs78AndNamed() {
        setUp();
        verifier.edit("public.nexus_cases", "public.nexus_casses");
        assertThat(onlyLineOf(78, "run")).contains("nexus_casses");
        assertThat(verifier.run("setup").exitCode()).isEqualTo(78);
        assertThat(verifier.run("doctor").exitCode()).isEqualTo(1);
    }

    @Test
    void aColumnOfATypeThatCannotBeComparedIsRefusedByName() {
        verifier.source().run("ALTER TABLE nexus_cases DROP COLUMN priority, ADD COLUMN priority point");
        verifier.edit("    type: text\n", "");
        verifier.edit("    allowed: [low, normal, high, urgent]\n", "");
        assertThat(onlyLineOf(78, "setup")).contains("priority", "point");
        assertThat(verifier.source().slots()).isEqualTo("0");
    }

    @Test
    void aSecondDaemonIs75AndTheFirstGoesOn() {
        setUp();
        verifier.startDaemon();
        verifier.edit("port: " + verifier.port(), "port: 0");
        assertThat(onlyLineOf(75, "run")).contains(verifier.source().name());
        assertThat(verifier.page().get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void aPortInUseIs78AndNamed() throws IOException {
        setUp();
        try (ServerSocket other = new ServerSocket(verifier.port(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(other.isBound()).isTrue();
            assertThat(onlyLineOf(78, "run")).contains(String.valueOf(verifier.port()));
        }
    }

    @Test
    void anOrderForAnIndexIs2BecauseThereIsNothingToCompare() {
        verifier.edit("promotions:\n", """
                promotions:
                  - id: IDX-1
                    kind: index
                    table: public.nexus_cases
                    from: metadata->'tags'
                    phase: B
                    started: 2025-01-16T00:00:00Z
                    owner: architecture-team
                """);
        List<String> orders =
                List.of("abort raise --reason slow", "abort clear --reason mended", "scan", "gate --to C");
        for (String order : orders) {
            List<String> words = new ArrayList<>(List.of(order.split(" ")));
            words.addAll(List.of("--promotion", "IDX-1"));
            Installation.Ended ended = verifier.run(words.toArray(String[]::new));
            assertThat(ended.exitCode()).as("%s: %s", order, ended.err()).isEqualTo(2);
            assertThat(ended.err()).as(order).contains("nothing to compare");
        }
    }

    @Test
    void doctorPassesBeforeAndAfterSetupAndRefusesWhatWouldHarm() {
        assertThat(verifier.run("doctor").exitCode()).isZero();
        setUp();
        assertThat(verifier.run("doctor", "-o", "json").exitCode()).isZero();
        verifier.source().run("ALTER TABLE nexus_cases DROP CONSTRAINT nexus_cases_pkey");
        Installation.Ended refused = verifier.run("doctor", "-o", "json");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.json().findValuesAsText("result")).contains("REFUSE");
    }

    @Test
    void aDryRunChangesNothing() {
        Installation.Ended dry = verifier.run("setup", "--dry-run");
        assertThat(dry.exitCode()).isZero();
        assertThat(dry.out()).contains("CREATE PUBLICATION", "pg_create_logical_replication_slot", "create topic");
        assertThat(verifier.source().slots()).isEqualTo("0");
        assertThat(verifier.source().publications()).isEqualTo("0");
        assertThat(verifier.topics().names()).isEmpty();
        assertThat(Files.exists(folder.resolve("data"))).isFalse();
    }

    @Test
    void setupTwiceChangesNothing() {
        setUp();
        String slot = verifier.source()
                .one("SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = '"
                        + verifier.source().name() + "'");
        Installation.Ended again = verifier.run("setup");
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).isEmpty();
        assertThat(verifier.source()
                        .one("SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = '"
                                + verifier.source().name() + "'"))
                .isEqualTo(slot);
    }

    @Test
    void aSlotThatWasLostIsNotOneThatSetupMakes() {
        setUp();
        verifier.source()
                .run("SELECT pg_drop_replication_slot('" + verifier.source().name() + "')");
        Installation.Ended doctor = verifier.run("doctor");
        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(doctor.out()).contains("REFUSE   slot").contains("row changes were missed");
        Installation.Ended dry = verifier.run("setup", "--dry-run");
        assertThat(dry.exitCode()).isEqualTo(78);
        assertThat(dry.err()).contains("row changes were missed");
        assertThat(dry.out()).isEmpty();
    }

    @Test
    void uninstallTwiceIsFineAndALaterSetupBeginsAGenerationAtZero() {
        setUp();
        DaemonProcess daemon = verifier.startDaemon();
        verifier.source().setColumn(1, "high");
        await().atMost(PATIENCE)
                .until(() -> verifier.status().at("/findings/confirmed").asInt() == 1);
        daemon.terminate();
        daemon.exitCode(PATIENCE);

        assertThat(verifier.run("findings").exitCode()).isEqualTo(1);

        assertThat(verifier.run("uninstall", "--yes").exitCode()).isZero();
        assertThat(verifier.source().slots()).isEqualTo("0");
        assertThat(verifier.source().publications()).isEqualTo("0");
        assertThat(verifier.run("uninstall", "--yes").exitCode()).isZero();
        assertThat(onlyLineOf(78, "run")).contains("setup");

        // Else the first census of the new generation finds it.
        verifier.source().setDocument(1, "high");
        Installation.Ended anew = verifier.run("setup");
        assertThat(anew.out()).contains("generation 2");
        verifier.startDaemon();
        verifier.source().setBoth(2, "high");
        await().atMost(PATIENCE)
                .until(() -> verifier.status().at("/counts/changes").asInt() == 1);
        assertThat(verifier.status().at("/findings/confirmed").asInt()).isZero();
        Installation.Ended findings = verifier.run("findings");
        assertThat(findings.exitCode()).isZero();
        assertThat(findings.out()).isEmpty();
        assertThat(verifier.topics().history())
                .filteredOn(event -> event.type().equals("verifier.generation.v1"))
                .hasSize(2);
    }
}
