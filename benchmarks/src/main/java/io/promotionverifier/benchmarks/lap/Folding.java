package io.promotionverifier.benchmarks.lap;

import io.promotionverifier.app.assembly.Seals;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.app.servers.KafkaServer;
import io.promotionverifier.benchmarks.lap.LapMain.Course;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.pipeline.Checkpoint;
import io.promotionverifier.core.pipeline.CoreState;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.pipeline.Input;
import io.promotionverifier.core.pipeline.VerifierCore;
import io.promotionverifier.core.stream.Arrival;
import io.promotionverifier.core.stream.ResumePoint;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.json.Lag;
import io.promotionverifier.kafka.publish.CheckpointPublisher;
import io.promotionverifier.kafka.state.RestoredState;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The core with a checkpoint every 200 ms or 5,000 changes, as the daemon has it, and somebody who takes what follows.
 */
final class Folding implements Consumer<List<Arrival>> {
    private static final long CADENCE_NANOS = 200_000_000;
    private static final int CHANGES_PER_CHECKPOINT = 5_000;

    private final VerifierCore core;
    private final Sink sink;
    private int changes;
    private long lastCheckpoint = System.nanoTime();

    /** Who takes effects and checkpoints. */
    interface Sink {
        void publish(List<Effect> effects);

        void commit(Checkpoint checkpoint);
    }

    private Folding(VerifierCore core, Sink sink) {
        this.core = core;
        this.sink = sink;
    }

    static Folding withoutKafka(Course course) {
        CoreState initial = CoreState.initial(1, ResumePoint.startingAt(new Lsn(0)), 0);
        Seals seals = Seals.of(course.config());
        VerifierCore core = new VerifierCore(course.assembly().promotions(), seals::of, initial, List.of(), new Lsn(0));
        return new Folding(core, new Sink() {
            @Override
            public void publish(List<Effect> effects) {}

            @Override
            public void commit(Checkpoint checkpoint) {}
        });
    }

    static Folding withKafka(Course course) {
        return withKafka(course, sink -> sink);
    }

    static Folding withMeters(Course course) {
        return withKafka(course, sink -> MeteredSink.over(sink, course));
    }

    private static Folding withKafka(Course course, UnaryOperator<Sink> inside) {
        VerifierConfig config = course.config();
        KafkaServer kafka = KafkaServer.visit(config);
        KafkaConnection connection =
                new KafkaConnection(kafka.bootstrap(), config.kafka().prefix(), kafka.client());
        CheckpointPublisher publisher = CheckpointPublisher.open(
                connection, config.source().name(), config.kafka().history().enabled());
        RestoredState state = publisher.restore().orElseThrow();
        Seals seals = Seals.of(config);
        VerifierCore core = new VerifierCore(
                course.assembly().promotions(),
                seals::of,
                state.head().core(),
                state.entries(),
                state.head().core().resume().watermark());
        return new Folding(core, inside.apply(new Sink() {
            @Override
            public void publish(List<Effect> effects) {
                publisher.publish(effects);
            }

            @Override
            public void commit(Checkpoint checkpoint) {
                publisher.commit(checkpoint, state.head().anchor(), Lag.UNKNOWN, false);
            }
        }));
    }

    @Override
    public void accept(List<Arrival> arrivals) {
        for (Arrival arrival : arrivals) {
            sink.publish(core.step(new Input.Arrived(arrival)));
            changes += arrival instanceof Arrival.Row ? 1 : 0;
        }
        if (changes >= CHANGES_PER_CHECKPOINT || System.nanoTime() - lastCheckpoint > CADENCE_NANOS) {
            sink.commit(core.checkpoint());
            changes = 0;
            lastCheckpoint = System.nanoTime();
        }
    }
}
