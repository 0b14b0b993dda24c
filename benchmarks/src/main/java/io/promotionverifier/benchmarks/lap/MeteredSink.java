package io.promotionverifier.benchmarks.lap;

import io.promotionverifier.app.board.Board;
import io.promotionverifier.app.metrics.Meters;
import io.promotionverifier.benchmarks.lap.LapMain.Course;
import io.promotionverifier.core.pipeline.Checkpoint;
import io.promotionverifier.core.pipeline.Effect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;

/**
 * A sink with the daemon's meters, fed as the daemon feeds them. Somebody scrapes them each second, which is fifteen
 * times as often as is usual. Confined to one thread but for the scraper's.
 */
final class MeteredSink implements Folding.Sink {
    private static final Meters.BuildInfo BUILD = new Meters.BuildInfo("ladder", "ladder", "ladder", "ladder");
    private static final long SECOND_MILLIS = 1_000;

    private final Folding.Sink sink;
    private final Board board;
    private final Meters meters;
    private final List<Effect.FindingTurned> turned = new ArrayList<>();

    private MeteredSink(Folding.Sink sink, Board board, Meters meters) {
        this.sink = sink;
        this.board = board;
        this.meters = meters;
    }

    static MeteredSink over(Folding.Sink sink, Course course) {
        Board board = new Board();
        Meters meters = new Meters(
                board, course.assembly().promotions(), course.config().source().name(), BUILD);
        new Timer("scraper", true)
                .schedule(
                        new TimerTask() {
                            @Override
                            public void run() {
                                meters.scrape("");
                            }
                        },
                        SECOND_MILLIS,
                        SECOND_MILLIS);
        return new MeteredSink(sink, board, meters);
    }

    @Override
    public void publish(List<Effect> effects) {
        sink.publish(effects);
        for (Effect effect : effects) {
            if (effect instanceof Effect.FindingTurned finding) {
                turned.add(finding);
            }
        }
    }

    @Override
    public void commit(Checkpoint checkpoint) {
        long begin = System.nanoTime();
        sink.commit(checkpoint);
        Instant now = Instant.now();
        board.committed(checkpoint.statuses(), now);
        meters.checkpointed(Duration.ofNanos(System.nanoTime() - begin));
        turned.forEach(finding -> meters.published(finding, now));
        turned.clear();
    }
}
