package io.promotionverifier.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The embedded PostgreSQL, started for real. */
final class EmbeddedPostgresIT {
    private Path folder = Path.of("");

    @BeforeEach
    void createFolder() throws IOException {
        folder = Folders.temporary();
    }

    @AfterEach
    void deleteFolder() throws IOException {
        Folders.delete(folder);
    }

    private PostgresOptions options() {
        return PostgresOptions.in(folder).withDurable(false);
    }

    @Test
    void itIsReadyForLogicalDecodingAndAcknowledgesOnlyWhatIsInTheWal() throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(
                PostgresOptions.temporary().withSetting("log_statement", "all").withSetting("search_path", "a'b"))) {
            assertThat(Rows.one(postgres, "SHOW wal_level")).isEqualTo("logical");
            assertThat(Rows.one(postgres, "SHOW max_replication_slots")).isEqualTo("20");
            assertThat(Rows.one(postgres, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(Rows.one(postgres, "SHOW server_encoding")).isEqualTo("UTF8");
            assertThat(Rows.one(postgres, "SHOW timezone")).isEqualTo("UTC");
            assertThat(Rows.one(postgres, "SHOW log_statement")).isEqualTo("all");
            assertThat(Rows.one(postgres, "SHOW search_path")).isEqualTo("a'b");
            assertThat(Rows.one(postgres, "SELECT slot_name FROM pg_create_logical_replication_slot('s', 'pgoutput')"))
                    .isEqualTo("s");
        }
    }

    @Test
    void dataSurvivesACleanStopAnImmediateStopAndAKill() throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(options())) {
            Rows.run(postgres, "CREATE TABLE kept (n int)");
            Rows.run(postgres, "INSERT INTO kept VALUES (1)");
            long first = postgres.postmasterPid();
            postgres.killHard();
            postgres.restart();
            assertThat(postgres.postmasterPid()).isNotEqualTo(first);
            Rows.run(postgres, "INSERT INTO kept VALUES (2)");
            postgres.stopImmediate();
            postgres.restart();
            Rows.run(postgres, "INSERT INTO kept VALUES (3)");
        }
        try (EmbeddedPostgres again = EmbeddedPostgres.start(options())) {
            assertThat(Rows.one(again, "SELECT count(*) FROM kept")).isEqualTo("3");
        }
    }

    @Test
    void aPostmasterThatLostVerifierAndGuardianIsStoppedBeforeTheNextStart() throws SQLException, IOException {
        EmbeddedPostgres lost = EmbeddedPostgres.start(options());
        Rows.run(lost, "CREATE TABLE kept (n int)");
        long orphan = lost.postmasterPid();
        ProcessHandle.of(lost.guardianPid()).ifPresent(ProcessHandle::destroyForcibly);
        lost.close();
        assertThat(ProcessHandle.of(orphan)).isPresent();
        try (EmbeddedPostgres next = EmbeddedPostgres.start(options())) {
            await().until(() -> ProcessHandle.of(orphan).isEmpty());
            assertThat(Rows.one(next, "SELECT count(*) FROM kept")).isEqualTo("0");
        }
    }

    @Test
    void aProcessIdGivenToSomeoneElseDoesNotKeepItFromStarting() throws SQLException, IOException {
        EmbeddedPostgres first = EmbeddedPostgres.start(options());
        Path pidFile = folder.resolve("data/postmaster.pid");
        String record = Files.readString(pidFile);
        first.close();
        long stranger = ProcessHandle.current().pid();
        Files.writeString(pidFile, stranger + record.substring(record.indexOf('\n')));
        try (EmbeddedPostgres second = EmbeddedPostgres.start(options())) {
            assertThat(Rows.one(second, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aTakenPortAndAHeldFolderAreNamedInTheError() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                EmbeddedPostgres holder = EmbeddedPostgres.start(options())) {
            assertThatThrownBy(() ->
                            EmbeddedPostgres.start(PostgresOptions.temporary().withPort(taken.getLocalPort())))
                    .isInstanceOf(PortInUseException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort())
                    .hasMessageContaining("choose another port");
            assertThatThrownBy(() -> EmbeddedPostgres.start(options()))
                    .isInstanceOf(FolderInUseException.class)
                    .hasMessageContaining(holder.directory().toString());
        }
    }

    @Test
    void twoUnpackingsAtOnceLeaveOneWholeInstallation() throws IOException {
        CompletableFuture<PostgresBinaries> other = CompletableFuture.supplyAsync(this::unpack);
        PostgresBinaries binaries = unpack();
        assertThat(other.join()).isEqualTo(binaries);
        assertThat(Files.isExecutable(Path.of(binaries.program("postgres")))).isTrue();
        assertThat(Files.exists(binaries.home().resolve("share/postgresql/postgres.bki")))
                .isTrue();
        try (var left = Files.list(folder.resolve("cache"))) {
            assertThat(left).containsExactly(binaries.home());
        }
    }

    private PostgresBinaries unpack() {
        try {
            return PostgresBinaries.unpacked(folder.resolve("cache"));
        } catch (IOException failure) {
            throw new SandboxException("unpacking failed", failure);
        }
    }

    @Test
    void rootWithoutUserNameSpacesRunsItAsNobodyAndFindsTheDataAgain() throws IOException, SQLException {
        assumeThat(PostgresAccount.root()).as("started as root").isTrue();
        for (PostgresAccount account :
                List.of(PostgresAccount.NOBODY, PostgresAccount.NAME_SPACE, PostgresAccount.NOBODY)) {
            try (EmbeddedPostgres postgres = EmbeddedPostgres.start(options(), List.of(account))) {
                Rows.run(postgres, "CREATE TABLE IF NOT EXISTS kept (n int)");
                Rows.run(postgres, "INSERT INTO kept VALUES (1)");
            }
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(options())) {
            assertThat(Rows.one(postgres, "SELECT count(*) FROM kept")).isEqualTo("3");
        }
    }

    @Test
    void rootWithNoWayOutIsToldWhatToDo() throws IOException {
        PostgresAccount none = new PostgresAccount(List.of("no-such-program"), "0:0");
        assertThatThrownBy(() -> EmbeddedPostgres.start(options(), List.of(none)))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("Start as an ordinary user");
    }

    @Test
    void anInstalledPostgresIsRunByTheSameClass() throws SQLException {
        Path installed = Path.of("/usr/lib/postgresql/15");
        assumeThat(installed).exists();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(options().withBinaries(installed))) {
            assertThat(Rows.one(postgres, "SHOW server_version")).startsWith("15.");
        }
    }
}
