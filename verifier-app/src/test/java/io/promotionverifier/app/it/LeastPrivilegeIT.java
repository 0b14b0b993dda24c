package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A role with LOGIN, REPLICATION and SELECT runs the product; what setup needs beyond that a DBA does by SQL. */
class LeastPrivilegeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Installation verifier;
    private final Source dba;
    private final String role;

    LeastPrivilegeIT(@TempDir Path folder) {
        this.verifier = new Installation(folder);
        this.dba = verifier.source();
        this.role = "least_" + dba.name();
    }

    /** A parent that a look-up reads, and a role that may do nothing but connect. */
    private void prepare() {
        dba.run(
                "CREATE TABLE levels (name text PRIMARY KEY, secret text)",
                "INSERT INTO levels SELECT unnest(ARRAY['low', 'normal', 'high', 'urgent'])",
                "ALTER TABLE nexus_cases ADD FOREIGN KEY (priority) REFERENCES levels ON DELETE SET NULL",
                "CREATE ROLE " + role + " LOGIN PASSWORD 'least'",
                "REVOKE ALL ON DATABASE " + dba.name() + " FROM PUBLIC",
                "REVOKE ALL ON SCHEMA public FROM PUBLIC",
                "GRANT CONNECT ON DATABASE " + dba.name() + " TO " + role);
        verifier.connectAs(role, "least");
        verifier.edit("phase: B", "phase: B\n    references: {table: public.levels, on_delete: set-null}");
    }

    /** Runs a script as psql with ON_ERROR_STOP does: comments and meta-commands aside, statement by statement. */
    private void asPsql(String script) {
        for (String statement : script.replaceAll("(?m)^\\s*(--|\\\\).*$", "").split(";\\s*\n", -1)) {
            if (!statement.isBlank()) {
                dba.run(statement.split("; "));
            }
        }
    }

    private List<String> refusals() {
        List<String> names = new ArrayList<>();
        for (JsonNode check : verifier.run("doctor", "-o", "json").json().path("checks")) {
            if (check.path("result").asText().equals("REFUSE")) {
                names.add(check.path("name").asText());
            }
        }
        return names;
    }

    private DaemonProcess countsAreRight() {
        DaemonProcess daemon = verifier.startDaemon();
        dba.setBoth(1, "high");
        dba.setColumn(2, "high");
        dba.setDocument(3, "urgent");
        dba.setBoth(4, "urgent");
        dba.run("DELETE FROM levels WHERE name = 'urgent'");
        JsonNode status = await().atMost(PATIENCE)
                .until(
                        verifier::status,
                        seen -> seen.at("/counts/changes").asInt() == 5
                                && seen.at("/findings/confirmed").asInt() == 2
                                && !seen.path("census").isNull());
        assertThat(status.at("/counts/matched").asInt()).isEqualTo(2);
        assertThat(status.at("/counts/mismatched").asInt()).isEqualTo(2);
        assertThat(status.at("/counts/explained").asInt()).isEqualTo(1);
        assertThat(status.at("/counts/unverifiable").asInt()).isZero();
        return daemon;
    }

    /** Nobody but a person can help: the daemon ends and says why, instead of looking alive. */
    private void aPrivilegeThatIsTakenAwayEndsIt(DaemonProcess daemon) {
        dba.run(
                "ALTER ROLE " + role + " NOREPLICATION",
                "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '" + dba.name()
                        + "'");
        assertThat(daemon.exitCode(PATIENCE)).as(daemon.err()).isEqualTo(77);
        assertThat(daemon.err()).contains("verifier: capture ended: FATAL: permission denied", "doctor");
        assertThat(verifier.status().at("/counts/changes").asInt()).isEqualTo(5);
    }

    @Test
    void whatDoctorPrintsIsAllThatTheRoleLacksAndItRunsWithoutMore() {
        try (verifier) {
            prepare();
            assertThat(refusals())
                    .containsExactly(
                            "replication-role",
                            "select public.levels",
                            "select public.nexus_cases",
                            "publication-rights");
            assertThat(verifier.run("setup").exitCode()).isEqualTo(77);
            Installation.Ended printed = verifier.run("doctor", "--sql");
            assertThat(printed.exitCode()).isEqualTo(1);
            asPsql(printed.out());

            Installation.Ended doctor = verifier.run("doctor");
            assertThat(doctor.exitCode()).as(doctor.out()).isZero();
            assertThat(dba.slots()).isEqualTo("1");
            Installation.Ended setup = verifier.run("setup");
            assertThat(setup.exitCode()).as(setup.err()).isZero();
            assertThat(setup.out()).doesNotContain("CREATE PUBLICATION", "pg_create_logical_replication_slot");
            countsAreRight();

            uninstalls();
        }
    }

    /** The daemon runs: nothing is dropped. Then our own is dropped, and what the DBA made is left to the DBA. */
    private void uninstalls() {
        assertThat(verifier.run("uninstall").exitCode()).isEqualTo(2);
        assertThat(verifier.run("uninstall", "--yes").exitCode()).isEqualTo(75);
        assertThat(verifier.page().get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(dba.slots()).isEqualTo("1");
        verifier.stopDaemons();

        Installation.Ended half = verifier.run("uninstall", "--yes");
        assertThat(half.exitCode()).isEqualTo(77);
        assertThat(half.out()).contains("slot " + dba.name() + " is gone", "DROP PUBLICATION");
        assertThat(dba.slots()).isEqualTo("0");
        asPsql(half.out()
                        .lines()
                        .filter(line -> line.startsWith("DROP PUBLICATION"))
                        .findFirst()
                        .orElseThrow() + "\n");
        assertThat(verifier.run("uninstall", "--yes").exitCode()).isZero();
        assertThat(dba.publications()).isEqualTo("0");
    }

    @Test
    void selectOnTheColumnsThatAreReadIsEnough() {
        try (verifier) {
            prepare();
            dba.run(
                    "ALTER ROLE " + role + " REPLICATION",
                    "GRANT USAGE ON SCHEMA public TO " + role,
                    "GRANT SELECT (id, metadata, priority, ctid, tableoid, xmin) ON nexus_cases TO " + role,
                    "CREATE PUBLICATION " + dba.name()
                            + " FOR TABLE nexus_cases WITH (publish_via_partition_root = true)");
            assertThat(refusals()).containsExactly("select public.levels");
            dba.run("GRANT SELECT (name) ON levels TO " + role);
            assertThat(verifier.run("doctor").exitCode()).isZero();
            assertThat(verifier.run("setup").exitCode()).isZero();
            aPrivilegeThatIsTakenAwayEndsIt(countsAreRight());
        }
    }
}
