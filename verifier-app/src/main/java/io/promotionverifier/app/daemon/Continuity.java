package io.promotionverifier.app.daemon;

import io.promotionverifier.app.assembly.Seals;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.pipeline.CoverageGap;
import io.promotionverifier.kafka.state.Anchor;
import io.promotionverifier.kafka.state.Head;
import io.promotionverifier.postgres.access.NotSetUpException;
import io.promotionverifier.postgres.slot.ClusterIdentity;
import io.promotionverifier.postgres.slot.SourceReady;
import java.util.Optional;

/** Whether the stream that begins now is the one that the checkpoint ended in. */
public final class Continuity {
    private Continuity() {}

    /** What a state belongs to, as things stand. */
    public static Anchor anchor(SourceReady ready, Seals seals) {
        ClusterIdentity cluster = ready.cluster();
        return new Anchor(
                cluster.systemIdentifier(),
                String.valueOf(cluster.timeline()),
                cluster.database(),
                ready.slot().name(),
                ready.fingerprint().withoutCatalogRows().hash(),
                seals.fingerprint(),
                "");
    }

    /**
     * The gap between checkpoint and stream.
     *
     * @throws NotSetUpException if they do not belong together at all
     */
    static Optional<CoverageGap> check(Head head, Anchor now, SourceReady ready) {
        Anchor then = head.anchor();
        require("PostgreSQL cluster", then.systemIdentifier(), now.systemIdentifier());
        require("timeline of the cluster", then.timeline(), now.timeline());
        require("database", then.database(), now.database());
        require("slot", then.slot(), now.slot());
        require("key of the values", then.valuesKeyFingerprint(), now.valuesKeyFingerprint());
        Lsn watermark = head.core().resume().watermark();
        if (ready.start().compareTo(watermark) > 0) {
            return Optional.of(new CoverageGap(
                    watermark, ready.start(), "the slot was advanced by someone else while nobody watched"));
        }
        if (!then.captureFingerprint().equals(now.captureFingerprint())) {
            return Optional.of(new CoverageGap(
                    watermark,
                    ready.slot().positions().current(),
                    "the publication or a promoted table was changed while nobody watched"));
        }
        return Optional.empty();
    }

    private static void require(String what, String then, String now) {
        if (!then.equals(now)) {
            throw new NotSetUpException("the checkpoint belongs to another " + what + " (" + then + ", now " + now
                    + "): run uninstall and setup to begin a new generation, or mend the configuration");
        }
    }
}
