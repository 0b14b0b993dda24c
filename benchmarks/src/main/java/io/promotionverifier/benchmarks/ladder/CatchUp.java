package io.promotionverifier.benchmarks.ladder;

import io.promotionverifier.benchmarks.lap.Pace;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How fast the verifier reads what was written while it was away. A busy pgbench writes, or an application of ours
 * where there is none; the server waits for its disk meanwhile, as one that is in use does. Then it stops, and the
 * verifier begins. Confined to one thread.
 */
final class CatchUp {
    private static final double NANOS = 1e9;

    private final Scene scene;

    CatchUp(Scene scene) {
        this.scene = scene;
    }

    /**
     * What was seen.
     *
     * @param written row changes a second, by pgbench or the application
     * @param read row changes a second, by the verifier
     */
    record Seen(double written, double read) {
        double ratio() {
            return read / written;
        }
    }

    /** @param outage how long the application writes alone */
    Seen measure(Duration outage) throws IOException, SQLException, InterruptedException {
        Scene.Place place = scene.placeAtEnd(List.of());
        VerifierProcess.setup(scene, place);
        try {
            scene.durable("on");
            long begin = System.nanoTime();
            long ids = Long.parseLong(scene.ask("SELECT max(id) FROM cases"));
            Optional<Pgbench> pgbench = Pgbench.installed();
            long rows = pgbench.isPresent()
                    ? pgbench.get().work(scene, ids, outage)
                    : new BusyApplication(scene, ids).until(() -> System.nanoTime() - begin >= outage.toNanos());
            double seconds = (System.nanoTime() - begin) / NANOS;
            scene.durable("off");
            Pace pace = new LapRunner(scene).pace(place, rows);
            return new Seen(rows / seconds, pace.overall());
        } finally {
            scene.leave(place);
        }
    }
}
