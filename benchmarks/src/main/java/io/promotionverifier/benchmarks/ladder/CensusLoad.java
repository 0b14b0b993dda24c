package io.promotionverifier.benchmarks.ladder;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * What a census costs the application beside it: the time of its transactions alone, beside the first census of a
 * verifier, and beside the verifier that only follows. The server waits for its disk meanwhile. Confined to one thread.
 */
final class CensusLoad {
    private static final long GLANCE_MILLIS = 100;
    private static final double NANOS = 1e9;

    private final Scene scene;
    private final long rows;

    CensusLoad(Scene scene, long rows) {
        this.scene = scene;
        this.rows = rows;
    }

    /**
     * What was seen.
     *
     * @param rows how many the census read
     * @param censusSeconds from the daemon's start to the census' end, under load
     * @param alone the application without a verifier
     * @param besideCensus with one that takes a census
     * @param besideVerifier with one that does not
     */
    record Seen(
            long rows,
            double censusSeconds,
            SteadyApplication.Seen alone,
            SteadyApplication.Seen besideCensus,
            SteadyApplication.Seen besideVerifier) {}

    /** @param span how long is looked at what is no census */
    Seen measure(Duration span) throws IOException, SQLException, InterruptedException {
        scene.durable("on");
        Scene.Place place = scene.placeToBe();
        VerifierProcess.setup(scene, place);
        SteadyApplication application = new SteadyApplication(scene, rows);
        application.until(after(span)); // what it is first to touch is nobody's fault
        SteadyApplication.Seen alone = application.until(after(span));
        long begin = System.nanoTime();
        try (VerifierProcess verifier = VerifierProcess.run(scene, place)) {
            while (verifier.changes().isEmpty()) {
                Thread.sleep(GLANCE_MILLIS); // a JVM's start is not the census' doing
            }
            CompletableFuture<Void> counted = CompletableFuture.runAsync(() -> await(verifier));
            SteadyApplication.Seen besideCensus = application.until(counted);
            double seconds = (System.nanoTime() - begin) / NANOS;
            SteadyApplication.Seen besideVerifier = application.until(after(span));
            return new Seen(rows, seconds, alone, besideCensus, besideVerifier);
        } finally {
            scene.leave(place);
        }
    }

    private static CompletableFuture<Void> after(Duration span) {
        Executor later = CompletableFuture.delayedExecutor(span.toMillis(), TimeUnit.MILLISECONDS);
        return CompletableFuture.runAsync(() -> {}, later);
    }

    private static void await(VerifierProcess verifier) {
        try {
            while (!verifier.hasCounted()) {
                Thread.sleep(GLANCE_MILLIS);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the verifier does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
