package io.promotionverifier.benchmarks.ladder;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * How long people wait: from the start of the daemon until a checkpoint holds a row that was written before, and from
 * the start of {@code status} beside that daemon, which is idle by then, to its end. Confined to one thread.
 */
final class StartUp {
    private static final int TIMES = 5;
    private static final long GLANCE_MILLIS = 20;
    private static final long SETTLED_MILLIS = 3_000;
    private static final double NANOS = 1e9;

    private final Scene scene;

    StartUp(Scene scene) {
        this.scene = scene;
    }

    /**
     * What was seen, each several times.
     *
     * @param streamingSeconds until the daemon has counted what lay in the log
     * @param statusSeconds until {@code status} has answered
     */
    record Seen(Spread streamingSeconds, Spread statusSeconds) {}

    Seen measure() throws IOException, SQLException, InterruptedException {
        Scene.Place place = scene.placeAtEnd(List.of());
        VerifierProcess.setup(scene, place);
        List<Double> streaming = new ArrayList<>();
        List<Double> status = new ArrayList<>();
        try {
            for (int i = 1; i <= TIMES; i++) {
                touch();
                long begin = System.nanoTime();
                try (VerifierProcess verifier = VerifierProcess.run(scene, place)) {
                    while (verifier.changes().orElse(0L) < i) {
                        Thread.sleep(GLANCE_MILLIS);
                    }
                    streaming.add((System.nanoTime() - begin) / NANOS);
                    Thread.sleep(SETTLED_MILLIS); // its compiler is busy with what it has just read
                    status.add(VerifierProcess.status(scene, place).toNanos() / NANOS);
                }
            }
            return new Seen(Spread.of(streaming), Spread.of(status));
        } finally {
            scene.leave(place);
        }
    }

    private void touch() throws SQLException {
        try (Connection application = scene.open();
                Statement statement = application.createStatement()) {
            statement.executeUpdate("UPDATE cases SET updated_at = clock_timestamp() WHERE id = 1");
        }
    }
}
