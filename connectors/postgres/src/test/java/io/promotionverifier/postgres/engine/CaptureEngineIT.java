package io.promotionverifier.postgres.engine;

import static io.promotionverifier.postgres.engine.StreamedDatabase.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.promotionverifier.core.change.ColumnValue;
import io.promotionverifier.core.change.DocumentValue;
import io.promotionverifier.core.change.DocumentValue.Absence;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.stream.Arrival;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Starting from the slot, confirming late, stopping and failing, on a real server. */
class CaptureEngineIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final StreamedDatabase database = new StreamedDatabase(
            "t", "CREATE TABLE t (id int PRIMARY KEY, priority text DEFAULT 'normal', metadata jsonb)");

    @AfterEach
    void drop() {
        database.close();
    }

    private CaptureSettings settings() {
        return database.settings(table("t"));
    }

    private void insert(int... ids) {
        for (int id : ids) {
            database.run("INSERT INTO t VALUES (" + id + ", 'x', '{\"priority\": \"x\"}')");
        }
    }

    private static List<String> keys(Shown shown) {
        return shown.events("t").stream()
                .map(event -> event.key().map(RowKey::json).orElse("-"))
                .map(json -> json.replaceAll("\\D", ""))
                .toList();
    }

    @Test
    void withoutAConfirmationEverythingIsShownAgain() {
        insert(1, 2);
        Lsn before = database.confirmed();
        for (int run = 0; run < 2; run++) {
            try (Shown shown = new Shown(settings())) {
                shown.await(database.beat());
                assertThat(keys(shown)).containsExactly("1", "2");
            }
            assertThat(database.confirmed()).isEqualTo(before);
        }
    }

    @Test
    void theSlotFollowsOneCheckpointLateAndTheNextEngineGoesOnFromThere() {
        try (Shown shown = new Shown(settings())) {
            Lsn start = database.confirmed();
            insert(1);
            shown.await(database.beat());
            Lsn first = shown.watermark();
            shown.checkpoint(first);
            insert(2);
            shown.await(database.beat());
            assertThat(database.confirmed()).isEqualTo(start);
            Lsn second = shown.watermark();
            shown.checkpoint(second);
            awaitConfirmed(first);
            insert(3);
            shown.await(database.beat());
            assertThat(database.confirmed()).isEqualTo(first);
        }
        try (Shown again = new Shown(settings())) {
            again.await(database.beat());
            assertThat(keys(again)).containsExactly("2", "3");
        }
    }

    @Test
    void whatTheSlotHadConfirmedIsNotShownAgainThoughACrashTookTheSlotBack() {
        insert(1);
        Lsn seen = database.beat();
        insert(2);
        assertThat(database.confirmed()).isLessThan(seen);
        try (Shown shown = new Shown(settings(), seen)) {
            shown.await(database.beat());
            assertThat(keys(shown)).containsExactly("2");
        }
    }

    @Test
    void aSlotThatSomebodyAdvancedEndsTheEngineBeforeItSkipsARow() {
        Lsn seen = database.confirmed();
        insert(1);
        database.run("SELECT pg_replication_slot_advance('" + database.name() + "', pg_current_wal_lsn())");
        CaptureEngine engine = new CaptureEngine(settings(), StreamedDatabase.CLOCK, (arrivals, confirmation) -> {});
        engine.start(seen);
        assertThat(end(engine)).isInstanceOfSatisfying(CaptureEnd.Failed.class, failed -> {
            assertThat(failed.kind().reaction()).isEqualTo(FailureKind.Reaction.RETRY);
            assertThat(failed.cause()).rootCause().hasMessageContaining("has been advanced to");
        });
    }

    private void awaitConfirmed(Lsn position) {
        await().pollInterval(Duration.ofMillis(10))
                .atMost(PATIENCE)
                .until(() -> database.confirmed().equals(position));
    }

    @Test
    void anIdleSlotMovesByHeartbeats() {
        database.run("CREATE TABLE unpublished (id int)");
        try (Shown shown = new Shown(settings())) {
            database.run("INSERT INTO unpublished SELECT generate_series(1, 1000)");
            Lsn beat = database.beat();
            shown.await(beat);
            Lsn shownUpTo = shown.watermark();
            shown.checkpoint(shownUpTo);
            shown.checkpoint(shownUpTo);
            awaitConfirmed(shownUpTo);
            assertThat(shownUpTo).isGreaterThanOrEqualTo(beat);
        }
    }

    @Test
    void nothingThatIsShownBeforeAHeartbeatStandsAtItsPlace() {
        try (Shown shown = new Shown(settings())) {
            for (int i = 0; i < 20; i++) {
                shown.await(database.beat());
            }
            Lsn before = Lsn.ZERO;
            for (Arrival arrival : shown.arrivals()) {
                if (arrival instanceof Arrival.Heartbeat heartbeat) {
                    assertThat(heartbeat.lsn()).isGreaterThan(before);
                }
                before = before.max(arrival.lastCommit().orElse(Lsn.ZERO));
            }
            assertThat(shown.heartbeats()).hasSize(20);
        }
    }

    @Test
    void nothingAboveTheCheckpointsWatermarkIsEverConfirmed() {
        try (Shown shown = new Shown(settings())) {
            insert(1);
            shown.await(database.beat());
            Lsn durable = shown.watermark();
            insert(2, 3, 4);
            shown.await(database.beat());
            for (int i = 0; i < 20; i++) {
                shown.checkpoint(durable);
            }
            awaitConfirmed(durable);
            insert(5);
            shown.await(database.beat());
            shown.checkpoint(durable);
            shown.await(database.beat());
            assertThat(database.confirmed()).isEqualTo(durable);
        }
    }

    @Test
    void nullsWrittenBeforeSetNotNullStayNull() {
        database.run(
                "INSERT INTO t VALUES (1, NULL, NULL)",
                "UPDATE t SET priority = 'y', metadata = '{}'",
                "ALTER TABLE t ALTER priority SET NOT NULL, ALTER metadata SET NOT NULL");
        try (Shown shown = new Shown(settings())) {
            shown.await(database.beat());
            assertThat(shown.events("t").get(0).readings())
                    .containsExactly(
                            new Reading(new ColumnValue.Null(), new DocumentValue.Absent(Absence.NULL_DOCUMENT)));
            assertThat(shown.events("t").get(1).readings())
                    .containsExactly(
                            new Reading(new ColumnValue.Present("y"), new DocumentValue.Absent(Absence.MISSING_KEY)));
        }
    }

    @Test
    void theFirstTransactionHasNoLastCommitAndMarksFollowWhenIdle() {
        insert(1);
        try (Shown shown = new Shown(settings())) {
            await().atMost(PATIENCE).until(() -> !shown.rows().isEmpty());
            assertThat(shown.rows().get(0).lastCommit()).isEmpty();
            await().atMost(PATIENCE).until(() -> shown.watermark().compareTo(Lsn.ZERO) > 0);
            assertThat(shown.arrivals().get(shown.arrivals().size() - 1)).isInstanceOf(Arrival.Mark.class);
        }
    }

    @Test
    void whatTheHandlerThrowsEndsTheEngineAsItIs() {
        insert(1);
        for (RuntimeException thrown : List.of(new IllegalStateException("x"), new RetriableException("y"))) {
            CaptureEngine engine = new CaptureEngine(settings(), StreamedDatabase.CLOCK, (arrivals, confirmation) -> {
                throw thrown;
            });
            engine.start(Lsn.ZERO);
            assertThat(end(engine)).isEqualTo(new CaptureEnd.Failed(FailureKind.HANDLER, thrown));
            assertThat(database.idle()).isTrue();
        }
    }

    private static CaptureEnd end(CaptureEngine engine) {
        return engine.completion()
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private static FailureKind kind(CaptureSettings settings) {
        CaptureEngine engine = new CaptureEngine(settings, StreamedDatabase.CLOCK, (arrivals, confirmation) -> {});
        engine.start(Lsn.ZERO);
        CaptureEnd end = end(engine);
        assertThat(end).isInstanceOf(CaptureEnd.Failed.class);
        return ((CaptureEnd.Failed) end).kind();
    }

    @Test
    void aRefusedLoginAndAMissingPrivilegeAreAccess() {
        String role = database.name() + "_poor";
        database.run("CREATE ROLE " + role + " LOGIN PASSWORD 'p'");
        try {
            assertThat(kind(database.settings(role, "wrong", database.port(), table("t"))))
                    .isEqualTo(FailureKind.ACCESS);
            assertThat(kind(database.settings(role, "p", database.port(), table("t"))))
                    .isEqualTo(FailureKind.ACCESS);
        } finally {
            database.run("DROP ROLE " + role);
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsAConnection() {
        assertThat(kind(database.settings("postgres", "p", 1, table("t")))).isEqualTo(FailureKind.CONNECTION);
    }

    @Test
    void aMissingPublicationIsNotSetUp() {
        database.run("DROP PUBLICATION " + database.name());
        assertThat(kind(settings())).isEqualTo(FailureKind.NOT_SET_UP);
    }

    @Test
    void aMissingSlotIsNotSetUpAndNeverMadeAnew() throws SQLException {
        database.run("SELECT pg_drop_replication_slot('" + database.name() + "')");

        assertThat(kind(settings())).isEqualTo(FailureKind.NOT_SET_UP);
        try (Connection connection = database.connect();
                ResultSet slots = connection
                        .createStatement()
                        .executeQuery(
                                "SELECT 1 FROM pg_replication_slots WHERE slot_name = '" + database.name() + "'")) {
            assertThat(slots.next()).isFalse();
        }
    }

    @Test
    void aSlotInUseIsToldAndTheOtherEngineLivesOn() {
        try (Shown shown = new Shown(settings())) {
            shown.await(database.beat());
            assertThat(kind(settings())).isEqualTo(FailureKind.SLOT_IN_USE);
            shown.await(database.beat());
        }
    }

    @Test
    void aCutStreamEndsTheEngineAndMayBeTriedAgain() {
        Shown shown = new Shown(settings());
        shown.await(database.beat());
        database.cutStream();
        CaptureEnd end = shown.end();
        assertThat(end).isInstanceOf(CaptureEnd.Failed.class);
        assertThat(((CaptureEnd.Failed) end).kind()).isIn(FailureKind.CONNECTION, FailureKind.UNAVAILABLE);
        assertThat(((CaptureEnd.Failed) end).kind().reaction()).isNotEqualTo(FailureKind.Reaction.STOP);
    }

    @Test
    void stoppingLetsTheHandlerEndItsBatchUninterrupted() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean(true);
        CaptureEngine engine = new CaptureEngine(settings(), StreamedDatabase.CLOCK, (arrivals, confirmation) -> {
            inside.countDown();
            goOn.await();
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        engine.start(Lsn.ZERO);
        assertThat(inside.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        AtomicBoolean stopped = new AtomicBoolean();
        Thread stopping = new Thread(() -> stopped.set(engine.stop(PATIENCE.multipliedBy(2))));
        stopping.start();
        await().until(() -> stopping.getState() == Thread.State.TIMED_WAITING);
        goOn.countDown();
        assertThat(end(engine)).isEqualTo(new CaptureEnd.Stopped());
        assertThat(interrupted).isFalse();
        stopping.join();
        assertThat(stopped).isTrue();
    }

    @Test
    void aHandlerThatNeverReturnsIsInterruptedInTheEnd() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CaptureEngine engine = new CaptureEngine(settings(), StreamedDatabase.CLOCK, (arrivals, confirmation) -> {
            inside.countDown();
            new CountDownLatch(1).await();
        });
        engine.start(Lsn.ZERO);
        assertThat(inside.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(engine.stop(Duration.ofSeconds(6))).isTrue();
        assertThat(end(engine)).isEqualTo(new CaptureEnd.Stopped());
        assertThat(database.idle()).isTrue();
    }

    @Test
    void anEngineStoppedWhileItStartsEnds() {
        CaptureEngine engine = new CaptureEngine(settings(), StreamedDatabase.CLOCK, (arrivals, confirmation) -> {});
        engine.start(Lsn.ZERO);
        assertThat(engine.stop(PATIENCE)).isTrue();
        assertThat(end(engine)).isEqualTo(new CaptureEnd.Stopped());
        assertThat(database.idle()).isTrue();
    }

    @Test
    void anEngineRunsOnce() {
        CaptureEngine engine = new CaptureEngine(settings(), StreamedDatabase.CLOCK, (arrivals, confirmation) -> {});
        assertThat(engine.stop(PATIENCE)).isTrue();
        assertThat(end(engine)).isEqualTo(new CaptureEnd.Stopped());
        assertThatIllegalStateException().isThrownBy(() -> engine.start(Lsn.ZERO));
    }
}
