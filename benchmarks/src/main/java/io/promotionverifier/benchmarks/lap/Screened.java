package io.promotionverifier.benchmarks.lap;

import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.stream.Arrival;
import java.util.List;

/**
 * How far the server has come in a log of which it sends suspects only: the key of a row tells at which change of the
 * recorded rounds it stands, an insert or the update of its hundred.
 */
final class Screened {
    private static final long ROUND = 100;

    private Screened() {}

    static void read(LapMain.Course course, Progress progress) throws InterruptedException {
        Folding core = Folding.withoutKafka(course);
        ProductLine.read(course, progress, core, Screened::changesUpTo);
    }

    /** The changes of the log up to the last of some arrivals; as many as before if there is no row among them. */
    static long changesUpTo(List<Arrival> arrivals, long before) {
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
