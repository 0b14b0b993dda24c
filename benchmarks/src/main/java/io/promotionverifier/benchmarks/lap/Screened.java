package io.promotionverifier.benchmarks.lap;

import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.stream.Arrival;
import io.promotionverifier.postgres.access.Session;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * How far the server has come in a log of which it sends suspects only: the key of a row tells at which change of the
 * recorded rounds it stands, an insert or the update of its hundred. The clock starts when the server begins to send:
 * it has passed much of the log before the first row is seen.
 */
final class Screened {
    private static final long ROUND = 100;

    private Screened() {}

    static void read(LapMain.Course course, Progress progress) throws InterruptedException {
        Folding core = Folding.withoutKafka(course);
        CompletableFuture<Long> begin = CompletableFuture.supplyAsync(() -> begin(course));
        ProductLine.read(course, progress, core, (arrivals, before) -> {
            if (before == 0) {
                progress.seen(1, begin.join());
            }
            return changesUpTo(arrivals, before);
        });
    }

    private static long begin(LapMain.Course course) {
        try (Session session = course.source().access().openReadOnly()) {
            while (session.list(
                            "see whether the slot is read",
                            "SELECT slot_name FROM pg_replication_slots WHERE active AND slot_name = ?::name",
                            row -> row.text("slot_name"),
                            course.config().source().slot())
                    .isEmpty()) {
                Thread.onSpinWait();
            }
            return System.nanoTime();
        }
    }

    /** The changes of the log up to the last of some arrivals; as many as before if there is no row among them. */
    private static long changesUpTo(List<Arrival> arrivals, long before) {
        long changes = before;
        for (Arrival arrival : arrivals) {
            if (arrival instanceof Arrival.Row row) {
                changes = Math.max(changes, changesUpTo(row.event()));
            }
        }
        return changes;
    }

    private static long changesUpTo(RowEvent event) {
        long id = Long.parseLong(event.key().orElseThrow().json().replaceAll("[^0-9]", ""));
        long inserted = (id - 1) / ROUND * ROUND + id;
        return event.operation() == Operation.ENTERED ? inserted : inserted + ROUND;
    }
}
