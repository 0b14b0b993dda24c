package io.promotionverifier.postgres.slot;

import static io.promotionverifier.postgres.SourceDatabase.promotion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.promotionverifier.postgres.SourceDatabase;
import io.promotionverifier.postgres.access.AccessRefusedException;
import io.promotionverifier.postgres.access.NotSetUpException;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.access.SlotInUseException;
import io.promotionverifier.postgres.access.SourceBusyException;
import io.promotionverifier.postgres.slot.SourceSetup.SlotFate;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.PGReplicationStream;

class SourceSetupIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static SourceDatabase database;
    private CaptureRequest request;

    @BeforeAll
    static void start() {
        database = new SourceDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void create() {
        database.run(
                "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'least') THEN"
                        + " CREATE ROLE least LOGIN REPLICATION PASSWORD 'least'; END IF; END $$",
                "CREATE TABLE \"Cases\" (id int PRIMARY KEY, metadata jsonb, priority text)",
                "CREATE TABLE unrelated (id int PRIMARY KEY)");
        request = new CaptureRequest(
                "slot_" + database.name(),
                "verifier_pub",
                List.of(promotion("P-1", "Cases"), promotion("P-2", "Cases")));
    }

    @AfterEach
    void clear() {
        database.clear();
    }

    private SourceReady setUp(PostgresAccess access) {
        try (Session session = access.open()) {
            SourceSetup setup = new SourceSetup(session, request);
            return setup.apply(setup.plan(SlotFate.KEEP), PATIENCE, step -> {});
        }
    }

    private List<SetupStep> plan() {
        try (Session session = database.access().openReadOnly()) {
            return new SourceSetup(session, request).plan(SlotFate.KEEP);
        }
    }

    private String slots() {
        return database.one("SELECT count(*) FROM pg_replication_slots WHERE slot_name = '" + request.slot() + "'");
    }

    @Test
    void planningRunsNothing() {
        assertThat(plan())
                .extracting(SetupStep::kind)
                .containsExactly(SetupStep.Kind.CREATE_PUBLICATION, SetupStep.Kind.CREATE_SLOT);
        assertThat(slots()).isEqualTo("0");
        assertThat(database.one("SELECT count(*) FROM pg_publication")).isEqualTo("0");
    }

    @Test
    void setupAnnouncesEachStatementMakesBothAndIsIdempotent() {
        List<String> announced = new ArrayList<>();
        SourceReady first;
        try (Session session = database.access().open()) {
            SourceSetup setup = new SourceSetup(session, request);
            first = setup.apply(setup.plan(SlotFate.KEEP), PATIENCE, step -> announced.add(step.sql()));
        }
        database.run("INSERT INTO \"Cases\" VALUES (1, '{}', 'x')");
        assertThat(plan()).isEmpty();
        SourceReady second = setUp(database.access());

        assertThat(announced)
                .first()
                .isEqualTo("CREATE PUBLICATION \"verifier_pub\" FOR TABLE \"public\".\"Cases\" WITH"
                        + " (publish = 'insert, update, delete, truncate', publish_via_partition_root = true)");
        assertThat(announced).hasSize(2);
        assertThat(second.start()).isEqualTo(first.start());
        assertThat(second.cluster()).isEqualTo(first.cluster());
        assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
        assertThat(first.cluster().systemIdentifier())
                .isEqualTo(database.one("SELECT system_identifier FROM pg_control_system()"));
        assertThat(first.cluster().timeline()).isEqualTo(1);
        assertThat(database.one("SELECT string_agg(schemaname || '.' || tablename, ',') FROM pg_publication_tables"
                        + " WHERE pubname = 'verifier_pub'"))
                .isEqualTo("public.Cases");
    }

    @Test
    void whatTheSlotBeginsWithIsEverythingAfterSetup() {
        database.run("INSERT INTO \"Cases\" VALUES (1, '{}', 'before')");
        setUp(database.access());
        database.run("INSERT INTO \"Cases\" VALUES (2, '{}', 'after')", "INSERT INTO unrelated VALUES (1)");

        assertThat(database.one("SELECT count(*) FROM pg_logical_slot_peek_binary_changes('" + request.slot()
                        + "', NULL, NULL, 'proto_version', '1', 'publication_names', 'verifier_pub')"
                        + " WHERE get_byte(data, 0) = ascii('I')"))
                .isEqualTo("1");
    }

    @Test
    void setupWaitsForOpenTransactionsAndNamesThem() throws SQLException {
        try (Connection open = database.connect();
                Statement statement = open.createStatement();
                Session session = database.access().open()) {
            open.setAutoCommit(false);
            statement.execute("SET application_name = 'the-batch-job'");
            statement.execute("INSERT INTO unrelated VALUES (1)");
            SourceSetup setup = new SourceSetup(session, request);
            List<SetupStep> plan = setup.plan(SlotFate.KEEP);

            assertThatExceptionOfType(SourceBusyException.class)
                    .isThrownBy(() -> setup.apply(plan, Duration.ofMillis(300), step -> {}))
                    .withMessageContaining("the-batch-job");
            open.rollback();
        }
        assertThat(slots()).isEqualTo("0");
        assertThat(setUp(database.access()).slot().health().lost()).isFalse();
    }

    @Test
    void whatDoesNotFitIsRefusedAndLeftAlone() {
        database.run("CREATE PUBLICATION verifier_pub FOR TABLE unrelated");
        assertThatExceptionOfType(NotSetUpException.class)
                .isThrownBy(this::plan)
                .withMessageContaining("lacks public.Cases")
                .withMessageContaining("also publishes public.unrelated")
                .withMessageContaining("publish_via_partition_root");

        database.run("DROP PUBLICATION verifier_pub", SlotSql.create(request.slot(), 150000));
        assertThatExceptionOfType(NotSetUpException.class)
                .isThrownBy(this::plan)
                .withMessageContaining("older than the publication");
        assertThat(slots()).isEqualTo("1");
    }

    @Test
    void aForeignPluginAndAMissingTableAreRefused() {
        database.run("SELECT pg_create_logical_replication_slot('" + request.slot() + "', 'test_decoding')");
        assertThatExceptionOfType(NotSetUpException.class)
                .isThrownBy(this::plan)
                .withMessageContaining("test_decoding");

        database.run("DROP TABLE \"Cases\"");
        assertThatExceptionOfType(NotSetUpException.class)
                .isThrownBy(this::plan)
                .withMessageContaining("public.Cases does not exist");
    }

    @Test
    void replacingTheSlotBeginsLater() {
        SourceReady first = setUp(database.access());
        database.run("INSERT INTO \"Cases\" VALUES (1, '{}', 'x')");
        try (Session session = database.access().open()) {
            SourceSetup setup = new SourceSetup(session, request);
            SourceReady second = setup.apply(setup.plan(SlotFate.REPLACE), PATIENCE, step -> {});
            assertThat(second.start()).isGreaterThan(first.start());
        }
    }

    @Test
    void aRoleWithReplicationAloneSetsUpOnceADbaMadeThePublication() {
        try (Session session = database.access("least", "least").open()) {
            SourceSetup setup = new SourceSetup(session, request);
            List<SetupStep> plan = setup.plan(SlotFate.KEEP);
            assertThatExceptionOfType(AccessRefusedException.class)
                    .isThrownBy(() -> setup.apply(plan, PATIENCE, step -> {}));
            database.run(plan.get(0).sql());
            assertThat(setup.apply(setup.plan(SlotFate.KEEP), PATIENCE, step -> {})
                            .start())
                    .isNotNull();
        }
        try (SourceUninstall uninstall =
                SourceUninstall.begin(database.access("least", "least"), request.slot(), request.publication())) {
            uninstall.apply(uninstall.plan().steps(), step -> {});
            assertThat(uninstall.plan().steps()).isEmpty();
            database.run(uninstall.plan().left().orElseThrow().sql());
            assertThat(uninstall.plan().left()).isEmpty();
        }
        assertThat(slots()).isEqualTo("0");
    }

    @Test
    void uninstallDropsBothAndIsIdempotent() {
        setUp(database.access());
        List<SetupStep.Kind> announced = new ArrayList<>();
        try (SourceUninstall uninstall =
                SourceUninstall.begin(database.access(), request.slot(), request.publication())) {
            uninstall.apply(uninstall.plan().steps(), step -> announced.add(step.kind()));
            assertThat(announced).containsExactly(SetupStep.Kind.DROP_SLOT, SetupStep.Kind.DROP_PUBLICATION);
            assertThat(uninstall.plan().steps()).isEmpty();
            uninstall.apply(uninstall.plan().steps(), step -> announced.add(step.kind()));
        }
        assertThat(announced).hasSize(2);
        assertThat(slots()).isEqualTo("0");
    }

    @Test
    void uninstallRefusesWhileAnotherVerifierHoldsTheLock() {
        setUp(database.access());
        try (SourceLock lock = SourceLock.take(database.access(), request.slot())) {
            assertThat(lock.held()).isTrue();
            assertThatExceptionOfType(SlotInUseException.class)
                    .isThrownBy(() -> SourceUninstall.begin(database.access(), request.slot(), request.publication()))
                    .withMessageContaining("promotion-verifier")
                    .withMessageContaining("pid ");
        }
        assertThat(slots()).isEqualTo("1");
    }

    @Test
    void aLockIsFreeOnceItsHolderIsGone() {
        SourceLock first = SourceLock.take(database.access(), "s");
        assertThatExceptionOfType(SlotInUseException.class).isThrownBy(() -> SourceLock.take(database.access(), "s"));
        SourceLock.take(database.access(), "other").close();
        first.close();
        Awaitility.await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            try (SourceLock second = SourceLock.take(database.access(), "s")) {
                assertThat(second.held()).isTrue();
            }
        });
    }

    private Connection stream(String role, String password) throws SQLException {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, role);
        PGProperty.PASSWORD.set(properties, password);
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "14");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        PGProperty.APPLICATION_NAME.set(properties, "a-streaming-consumer");
        Connection connection = new org.postgresql.Driver().connect(database.url(), properties);
        PGReplicationStream stream = connection
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .logical()
                .withSlotName(request.slot())
                .withSlotOption("proto_version", 1)
                .withSlotOption("publication_names", "verifier_pub")
                .start();
        assertThat(stream.isClosed()).isFalse();
        return connection;
    }

    private static void anotherHasIt() {
        throw new SlotInUseException("another verifier");
    }

    @Test
    void aProcessOfOurOwnRoleIsEndedAndOneOfAnotherIsNamedAndLeftAlone() throws SQLException {
        setUp(database.access());
        try (Session session = database.access("least", "least").open();
                Connection ours = stream("least", "least")) {
            assertThat(ours.isClosed()).isFalse();
            assertThat(new SlotReader(session)
                            .read(request.slot())
                            .orElseThrow()
                            .holder())
                    .hasValueSatisfying(holder -> assertThat(holder.ours()).isTrue());
            try (Session superuser = database.access().open()) {
                assertThat(new SlotReader(superuser)
                                .read(request.slot())
                                .orElseThrow()
                                .holder())
                        .as("who may end it does not own it")
                        .hasValueSatisfying(holder -> assertThat(holder.ours()).isFalse());
            }
            assertThatExceptionOfType(SlotInUseException.class)
                    .isThrownBy(() -> new SlotRelease(session, SourceSetupIT::anotherHasIt)
                            .free(request.slot(), Duration.ofSeconds(10)))
                    .withMessage("another verifier");
            assertThat(new SlotReader(session)
                            .read(request.slot())
                            .orElseThrow()
                            .holder())
                    .isPresent();
            new SlotRelease(session, () -> {}).free(request.slot(), Duration.ofSeconds(10));
            assertThat(new SlotReader(session)
                            .read(request.slot())
                            .orElseThrow()
                            .holder())
                    .isEmpty();
        }
        try (Session session = database.access("least", "least").open();
                Connection theirs = stream("postgres", database.password())) {
            assertThatExceptionOfType(SlotInUseException.class)
                    .isThrownBy(() -> new SlotRelease(session, () -> {}).free(request.slot(), Duration.ofSeconds(10)))
                    .withMessageContaining("role postgres")
                    .withMessageContaining("a-streaming-consumer");
            assertThat(theirs.isClosed()).isFalse();
        }
    }
}
