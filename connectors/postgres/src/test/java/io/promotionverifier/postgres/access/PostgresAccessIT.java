package io.promotionverifier.postgres.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.promotionverifier.postgres.SourceDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresAccessIT {
    private static SourceDatabase database;

    @BeforeAll
    static void start() {
        database = new SourceDatabase("CREATE TABLE t (id int PRIMARY KEY)");
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void aWrongPasswordIsARefusedAccessAndIsNotRepeated() {
        PostgresAccess access = database.access("postgres", "hunter2-wrong");

        AccessRefusedException refused = catchThrowableOfType(AccessRefusedException.class, access::open);

        assertThat(refused.sqlState()).contains("28P01");
        assertThat(refused).hasMessageContaining(access.where()).hasMessageNotContaining("hunter2");
    }

    @Test
    void aMissingPasswordIsARefusedAccess() {
        assertThatExceptionOfType(AccessRefusedException.class)
                .isThrownBy(() -> database.access("postgres", "").open());
    }

    @Test
    void aMissingDatabaseIsNotSetUp() {
        PostgresAccess access =
                new PostgresAccess(database.url().replace(database.name(), "nowhere"), "postgres", database::password);

        assertThatExceptionOfType(NotSetUpException.class)
                .isThrownBy(access::open)
                .withMessageContaining("nowhere");
    }

    @Test
    void aClosedPortIsUnreachable() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        PostgresAccess access = new PostgresAccess("jdbc:postgresql://127.0.0.1:" + port + "/x", "u", () -> "secret");

        assertThatExceptionOfType(SourceUnreachableException.class)
                .isThrownBy(access::open)
                .withMessageContaining("127.0.0.1:" + port + "/x");
    }

    @Test
    void aSilentServerIsUnreachableAfterTheConnectTimeout() throws IOException {
        Timeouts hurry = new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            PostgresAccess access = new PostgresAccess(
                            "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/x", "u", () -> "")
                    .with(hurry);

            long before = System.nanoTime();
            assertThatExceptionOfType(SourceUnreachableException.class).isThrownBy(access::open);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void allQuestionsOfAReadOnlyTransactionSeeOneSnapshotAndAFailureLeavesNoTransactionOpen() {
        String snapshot = "SELECT pg_current_snapshot()::text AS seen";
        String burn = "SELECT pg_current_xact_id()::text AS burnt";
        try (Session session = database.access().open();
                Session other = database.access().open()) {
            List<String> seen = session.inReadOnlyTransaction("look twice", () -> {
                String first = session.one("look", snapshot, row -> row.text("seen"));
                other.one("move on", burn, row -> row.text("burnt"));
                List<String> again = session.listGradually("look", snapshot, 1, row -> row.text("seen"));
                return List.of(first, again.get(0));
            });
            assertThat(seen.get(1)).isEqualTo(seen.get(0));
            String behind = session.one("look", snapshot, row -> row.text("seen"));
            assertThat(behind).isNotEqualTo(seen.get(0));

            assertThatExceptionOfType(SourceFailedException.class)
                    .isThrownBy(() -> session.inReadOnlyTransaction("fail", () -> {
                        session.run("divide", "SELECT 1 / 0");
                        return "never";
                    }));
            session.run("write again", "CREATE TEMP TABLE written ()");
        }
    }

    @Test
    void failuresAreToldApartAndRepeatNoValues() {
        try (Session session = database.access().open()) {
            assertThatExceptionOfType(NotSetUpException.class).isThrownBy(() -> session.run("x", "SELECT 1 FROM nope"));
            assertThatExceptionOfType(SourceFailedException.class)
                    .isThrownBy(() -> session.run("cast", "SELECT 'marker-value'::int"))
                    .withMessageNotContaining("marker-value")
                    .withNoCause();
            session.statementTimeout(Duration.ofMillis(50));
            assertThatExceptionOfType(SourceBusyException.class)
                    .isThrownBy(() -> session.run("wait", "SELECT pg_sleep(5)"));
        }
    }

    @Test
    void aReadOnlySessionCannotWriteAndSessionsCarryOurName() {
        try (Session session = database.access().openReadOnly()) {
            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> session.run("write", "INSERT INTO public.t VALUES (1)"));
            List<String> names =
                    session.list("read", "SELECT current_setting('application_name') AS name", row -> row.text("name"));
            assertThat(names).containsExactly("promotion-verifier");
        }
    }

    @Test
    void rowLevelSecurityIsAnErrorAndNeverRowsThatAreNotThere() {
        try (Session admin = database.access().open()) {
            admin.run("make a table", "CREATE TABLE public.hidden (id int PRIMARY KEY)");
            admin.run("hide its rows", "ALTER TABLE public.hidden ENABLE ROW LEVEL SECURITY");
            admin.run("make a role", "CREATE ROLE reader LOGIN PASSWORD 'reader'");
            admin.run("let it read", "GRANT SELECT ON public.hidden TO reader");
            admin.run("hurry it", "ALTER ROLE reader SET idle_session_timeout = '1s'");
        }
        try (Session session = database.access("reader", "reader").openReadOnly()) {
            assertThatExceptionOfType(AccessRefusedException.class)
                    .isThrownBy(() -> session.list("count", "SELECT id FROM public.hidden", row -> row.integer("id")))
                    .withMessageContaining("row-level security");
            String idle = session.one(
                    "see", "SELECT current_setting('idle_session_timeout') AS idle", row -> row.text("idle"));
            assertThat(idle).isEqualTo("0");
        }
    }

    @Test
    void aUrlThatIsNoneIsRefusedWithoutRepeatingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PostgresAccess("jdbc:mysql://h/d?password=hunter2", "u", () -> ""))
                .withMessageNotContaining("hunter2");
    }
}
