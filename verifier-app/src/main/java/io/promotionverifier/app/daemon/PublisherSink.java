package io.promotionverifier.app.daemon;

import io.promotionverifier.app.board.SourceVitals;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.pipeline.Checkpoint;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.kafka.json.Lag;
import io.promotionverifier.kafka.publish.CheckpointPublisher;
import io.promotionverifier.kafka.state.Anchor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The publisher as the line sees it: with the anchor of this run and the lag that the heartbeat observed. */
final class PublisherSink implements CheckpointSink {
    private final CheckpointPublisher publisher;
    private volatile Anchor anchor;

    PublisherSink(CheckpointPublisher publisher, Anchor anchor) {
        this.publisher = publisher;
        this.anchor = anchor;
    }

    /** From now on the checkpoints belong to this. */
    void belongTo(Anchor changed) {
        anchor = changed;
    }

    @Override
    public void publish(List<Effect> effects) {
        publisher.publish(effects);
    }

    @Override
    public void commit(Checkpoint checkpoint, boolean withStatus, SourceVitals vitals) {
        Lsn watermark = checkpoint.state().resume().watermark();
        publisher.commit(
                checkpoint, anchor, lag(vitals, watermark, checkpoint.state().streamTime()), withStatus);
    }

    static Lag lag(SourceVitals vitals, Lsn watermark, Optional<Instant> streamTime) {
        Optional<Double> seconds = vitals.lagSeconds(streamTime);
        return new Lag(
                vitals.lagBytes(watermark), seconds.map(OptionalDouble::of).orElseGet(OptionalDouble::empty));
    }
}
