package io.promotionverifier.app.daemon;

import io.promotionverifier.core.pipeline.Inspection;
import io.promotionverifier.kafka.state.Anchor;
import io.promotionverifier.postgres.access.SourceException;
import io.promotionverifier.postgres.watch.SourceWatch;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether everything that is committed still reaches us and tells the line what it found. Confined to one thread
 * at a time.
 */
final class Watchman implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchman.class);

    private final SourceWatch watch;
    private final CaptureLine line;
    private final Anchor anchor;
    private final Consumer<Anchor> sink;
    private boolean failing;

    /**
     * @param anchor what the checkpoints belong to, but for what is captured
     * @param sink takes the anchor with what is captured now
     */
    Watchman(SourceWatch watch, CaptureLine line, Anchor anchor, Consumer<Anchor> sink) {
        this.watch = watch;
        this.line = line;
        this.anchor = anchor;
        this.sink = sink;
    }

    /** Looks once; that the source cannot be reached is the supervisor's to tell. */
    @Override
    public void run() {
        try {
            look();
            failing = false;
        } catch (SourceException e) {
            if (!failing) {
                LOG.warn("The source cannot be looked at: {}", e.getMessage());
                failing = true;
            }
        }
    }

    /**
     * Looks once.
     *
     * @throws SourceException if nothing could be seen
     */
    void look() {
        Inspection inspection = watch.look(line.watermark());
        line.inspected(inspection);
        // Afterwards: a crash in between tells the same gap again, the other way round it would be told by nobody.
        sink.accept(new Anchor(
                anchor.systemIdentifier(),
                anchor.timeline(),
                anchor.database(),
                anchor.slot(),
                watch.digest().text(),
                anchor.valuesKeyFingerprint(),
                anchor.configurationHash()));
    }
}
