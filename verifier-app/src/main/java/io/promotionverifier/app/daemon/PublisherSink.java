package io.promotionverifier.app.daemon;

import io.promotionverifier.app.board.EventFeed;
import io.promotionverifier.app.board.SourceVitals;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.pipeline.Checkpoint;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.kafka.json.Lag;
import io.promotionverifier.kafka.publish.CheckpointPublisher;
import io.promotionverifier.kafka.publish.ToldEvent;
import io.promotionverifier.kafka.state.Anchor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The publisher as the line sees it: with the anchor of this run and the lag that the heartbeat observed. */
final class PublisherSink implements CheckpointSink {
    private final CheckpointPublisher publisher;
    private final EventFeed feed;
    private final List<EventFeed.Event> told = new ArrayList<>();
    private volatile Anchor anchor;
    private volatile String readFrom;

    /** @param feed is told what was committed, after the commit */
    PublisherSink(CheckpointPublisher publisher, Anchor anchor, EventFeed feed) {
        this.publisher = publisher;
        this.anchor = anchor;
        this.readFrom = anchor.readFrom();
        this.feed = feed;
    }

    /** From now on the checkpoints belong to this. */
    void belongTo(Anchor changed) {
        anchor = changed;
    }

    /** From now on a checkpoint says that the source's topics may be read on from there. */
    void readFrom(String place) {
        readFrom = place;
    }

    @Override
    public void publish(List<Effect> effects) {
        publisher.publish(effects);
        if (feed.isHeard()) {
            effects.forEach(this::tell);
        }
    }

    /** A checkpoint of a million findings is not told twice in memory. */
    private void tell(Effect effect) {
        if (told.size() > EventFeed.ROOM) {
            feed.overrun();
            told.clear();
        } else if (feed.isHeard()) {
            ToldEvent.of(effect).map(PublisherSink::event).ifPresent(told::add);
        }
    }

    @Override
    public boolean wantsWhole() {
        return publisher.wantsWhole();
    }

    @Override
    public void commit(Checkpoint checkpoint, boolean withStatus, SourceVitals vitals) {
        Lsn watermark = checkpoint.state().resume().watermark();
        Lag lag = lag(vitals, watermark, checkpoint.state().streamTime());
        long sequence = publisher.commit(checkpoint, anchor.readingFrom(readFrom), lag, withStatus);
        if (withStatus && feed.isHeard()) {
            checkpoint.statuses().forEach(status -> told.add(event(ToldEvent.of(status, lag, sequence))));
        }
        feed.tell(told);
        told.clear();
    }

    private static EventFeed.Event event(ToldEvent event) {
        return new EventFeed.Event(event.type().wireName(), event.id(), event.json());
    }

    static Lag lag(SourceVitals vitals, Lsn watermark, Optional<Instant> streamTime) {
        Optional<Double> seconds = vitals.lagSeconds(streamTime);
        return new Lag(
                vitals.lagBytes(watermark), seconds.map(OptionalDouble::of).orElseGet(OptionalDouble::empty));
    }
}
