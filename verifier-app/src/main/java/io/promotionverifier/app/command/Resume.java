package io.promotionverifier.app.command;

import io.promotionverifier.app.assembly.Seals;
import io.promotionverifier.app.cli.Build;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.pipeline.CoreState;
import io.promotionverifier.core.pipeline.Input;
import io.promotionverifier.core.pipeline.VerifierCore;
import io.promotionverifier.kafka.json.Lag;
import io.promotionverifier.kafka.publish.CheckpointPublisher;
import io.promotionverifier.kafka.state.Anchor;
import io.promotionverifier.kafka.state.RestoredState;
import java.util.Optional;

/**
 * {@code setup --resume}: the state goes on behind a coverage gap. What the interrupted transaction had touched is
 * forgotten, because nobody will show its end: it lies in the gap.
 */
final class Resume {
    private final CheckpointPublisher publisher;
    private final VerifierConfig config;

    Resume(CheckpointPublisher publisher, VerifierConfig config) {
        this.publisher = publisher;
        this.config = config;
    }

    void after(RestoredState state, Setup.Beginning beginning) {
        Anchor then = state.head().anchor();
        Anchor now = beginning.anchor();
        CoreState before = state.head().core();
        Lsn start = beginning.ready().start();
        // A restored backup has the same identity; what is judged lies ahead of its log.
        boolean sameLog = then.systemIdentifier().equals(now.systemIdentifier())
                && then.timeline().equals(now.timeline())
                && start.compareTo(before.resume().watermark()) >= 0;
        VerifierCore core = new VerifierCore(
                beginning.assembly().promotions(),
                Seals.of(config)::of,
                sameLog ? before : before.inAnotherLog(),
                state.entries(),
                before.resume().watermark());
        String what = TopicChecks.apply(config)
                ? "the topics are read from their ends"
                : "slot " + config.source().slot() + " was made anew";
        String loss = sameLog
                ? what + " (setup --resume)"
                : "the stream goes on in another cluster or timeline, or in a restored backup (setup --resume)";
        publisher.publish(core.step(
                new Input.RunBegins(publisher.incarnation(), Build.current().version())));
        publisher.publish(core.step(new Input.StreamBegins(start, Optional.of(loss))));
        publisher.commit(core.checkpoint(), now, Lag.UNKNOWN, true);
    }
}
