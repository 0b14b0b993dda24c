package io.promotionverifier.postgres.engine;

import static io.promotionverifier.postgres.engine.StreamedDatabase.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.RowChange;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.stream.Arrival;
import io.promotionverifier.core.stream.ResumePoint;
import io.promotionverifier.core.stream.TransactionTracker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What applications say of themselves in their transactions, through a real server and the real engine. */
class WriterMarksIT {
    private final StreamedDatabase database = new StreamedDatabase(
            "t", "CREATE TABLE t (id int PRIMARY KEY, priority text DEFAULT 'normal', metadata jsonb)");

    @AfterEach
    void drop() {
        database.close();
    }

    private static String say(String prefix, String content) {
        return "SELECT pg_logical_emit_message(true, 'verifier." + prefix + "', '" + content + "')";
    }

    private static String insert(int id) {
        return "INSERT INTO t VALUES (" + id + ", 'x', '{\"priority\": \"x\"}')";
    }

    private static String told(RowEvent event) {
        return event.key().orElseThrow().json().replaceAll("\\D", "") + " " + event.origin() + " "
                + event.writer().orElse("-");
    }

    private void write() {
        database.run(insert(1));
        database.together(insert(2), say("writer", "app@1"), insert(3), say("writer", "app@2"), insert(4));
        database.run(insert(5));
        database.together(say("backfill", "PROMO-001"), insert(6), insert(7), insert(8));
        database.together(say("writer", "gone"));
        database.together("SAVEPOINT s", say("backfill", "undone"), "ROLLBACK TO SAVEPOINT s", insert(9), insert(10));
        database.run("SELECT pg_logical_emit_message(false, 'verifier.backfill', 'outside')", insert(11));
        database.run(
                "SELECT pg_replication_origin_create('verifier.backfill')",
                "SELECT pg_replication_origin_session_setup('verifier.backfill'); BEGIN; " + insert(12) + "; COMMIT;"
                        + " SELECT pg_replication_origin_session_reset()",
                "SELECT pg_replication_origin_drop('verifier.backfill')",
                insert(13));
    }

    @Test
    void aMarkHoldsForTheRowsBehindItAndComesAgainWhenItsTransactionDoes() {
        write();
        for (int run = 0; run < 2; run++) {
            try (Shown shown = new Shown(database.settings(table("t")))) {
                shown.await(database.beat());
                assertThat(shown.events("t"))
                        .extracting(WriterMarksIT::told)
                        .containsExactly(
                                "1 LIVE -",
                                "2 LIVE -",
                                "3 LIVE app@1",
                                "4 LIVE app@2",
                                "5 LIVE -",
                                "6 BACKFILL PROMO-001",
                                "7 BACKFILL PROMO-001",
                                "8 BACKFILL PROMO-001",
                                "9 LIVE -",
                                "10 LIVE -",
                                "11 LIVE -",
                                "12 BACKFILL -",
                                "13 LIVE -");
                goesOnInsideATransaction(shown.arrivals());
            }
        }
    }

    /** From each place of the stream, the rows that were not folded come with their marks and in their place. */
    private static void goesOnInsideATransaction(List<Arrival> arrivals) {
        List<RowChange> whole = new ArrayList<>();
        TransactionTracker first = new TransactionTracker(ResumePoint.startingAt(Lsn.ZERO), Lsn.ZERO);
        for (Arrival arrival : arrivals) {
            first.arrive(arrival, whole::add);
            List<RowChange> changes = new ArrayList<>(whole);
            TransactionTracker heir = new TransactionTracker(first.resumePoint(), Lsn.ZERO);
            arrivals.forEach(again -> heir.arrive(again, changes::add));
            assertThat(changes).hasSize(13).doesNotHaveDuplicates();
            assertThat(changes.stream().map(RowChange::event).toList())
                    .extracting(WriterMarksIT::told)
                    .contains("3 LIVE app@1", "4 LIVE app@2", "7 BACKFILL PROMO-001", "8 BACKFILL PROMO-001");
        }
        assertThat(whole)
                .filteredOn(RowChange::lastOfTransaction)
                .extracting(change -> told(change.event()))
                .containsExactly(
                        "1 LIVE -",
                        "4 LIVE app@2",
                        "5 LIVE -",
                        "8 BACKFILL PROMO-001",
                        "10 LIVE -",
                        "11 LIVE -",
                        "12 BACKFILL -",
                        "13 LIVE -");
    }

    @Test
    void marksConfirmNothingThatTheCheckpointDoesNotCover() {
        try (Shown shown = new Shown(database.settings(table("t")))) {
            database.together(say("writer", "app"), insert(1));
            shown.await(database.beat());
            Lsn durable = shown.watermark();
            database.together(say("writer", "app"), insert(2), say("writer", "app"));
            database.together(say("writer", "alone"));
            shown.await(database.beat());
            for (int i = 0; i < 20; i++) {
                shown.checkpoint(durable);
            }
            shown.await(database.beat());
            shown.await(database.beat());
            assertThat(database.confirmed()).isLessThanOrEqualTo(durable);
        }
        try (Shown again = new Shown(database.settings(table("t")))) {
            again.await(database.beat());
            assertThat(again.events("t")).extracting(WriterMarksIT::told).endsWith("2 LIVE app");
        }
    }
}
