package io.promotionverifier.benchmarks.lap;

import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.app.servers.SourceServer;
import io.promotionverifier.benchmarks.lap.LapMain.Course;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.stream.Arrival;
import io.promotionverifier.postgres.decode.HeartbeatClock;
import io.promotionverifier.postgres.engine.CaptureEngine;
import io.promotionverifier.postgres.engine.CaptureSettings;
import io.promotionverifier.postgres.engine.ServerAddress;
import io.promotionverifier.postgres.heartbeat.HeartbeatMessage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** The verifier's own engine, with as much of the line behind it as a rung asks for. */
final class ProductLine {
    private static final HeartbeatClock NO_CLOCK = content -> Optional.empty();

    private ProductLine() {}

    /** How many changes of the log have been passed with some arrivals, of which so many had been before. */
    @FunctionalInterface
    interface Passed {
        long with(List<Arrival> arrivals, long before);
    }

    static void read(Course course, Progress progress, Consumer<List<Arrival>> rung) throws InterruptedException {
        read(course, progress, rung, (arrivals, before) -> before + rows(arrivals));
    }

    static void read(Course course, Progress progress, Consumer<List<Arrival>> rung, Passed passed)
            throws InterruptedException {
        CountDownLatch complete = new CountDownLatch(1);
        new CaptureEngine(settings(course), NO_CLOCK, (arrivals, confirmation) -> {
                    rung.accept(arrivals);
                    progress.seen(passed.with(arrivals, progress.rows()));
                    if (progress.isComplete()) {
                        complete.countDown();
                    }
                })
                .start(Lsn.ZERO);
        complete.await();
    }

    private static long rows(List<Arrival> arrivals) {
        return arrivals.stream().filter(Arrival.Row.class::isInstance).count();
    }

    private static CaptureSettings settings(Course course) {
        VerifierConfig config = course.config();
        SourceServer source = course.source();
        return new CaptureSettings(
                ServerAddress.parse(source.url()),
                source.user(),
                source.password().reveal(),
                config.source().slot(),
                config.source().publication(),
                HeartbeatMessage.prefix(config.source().slot()),
                config.source().name(),
                course.assembly().tables(),
                config.source().debezium().properties());
    }
}
