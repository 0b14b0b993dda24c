package io.promotionverifier.app.daemon;

import io.promotionverifier.app.assembly.Seals;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.kafka.state.Anchor;
import io.promotionverifier.kafka.state.Head;
import io.promotionverifier.postgres.access.NotSetUpException;
import io.promotionverifier.postgres.catalog.CaptureDigest;
import io.promotionverifier.postgres.catalog.CaptureFingerprint;
import io.promotionverifier.postgres.slot.CaptureRequest;
import io.promotionverifier.postgres.slot.ClusterIdentity;
import io.promotionverifier.postgres.slot.SourceReady;
import io.promotionverifier.postgres.watch.LogFlaws;
import io.promotionverifier.postgres.watch.SourceSnapshot;
import java.util.List;

/** Whether the stream that begins now is the one that the checkpoint ended in. */
public final class Continuity {
    private Continuity() {}

    /** What a state belongs to, as things stand. */
    public static Anchor anchor(SourceReady ready, Seals seals) {
        return anchor(ready.cluster(), ready.slot().name(), ready.fingerprint(), seals);
    }

    /** What a state belongs to, as a snapshot shows it. */
    static Anchor anchor(SourceSnapshot snapshot, CaptureRequest request, Seals seals) {
        return anchor(snapshot.cluster(), request.slot(), snapshot.fingerprint(), seals);
    }

    private static Anchor anchor(ClusterIdentity cluster, String slot, CaptureFingerprint captured, Seals seals) {
        return new Anchor(
                cluster.systemIdentifier(),
                String.valueOf(cluster.timeline()),
                cluster.database(),
                slot,
                CaptureDigest.of(captured).text(),
                seals.fingerprint(),
                "");
    }

    /**
     * Refuses a source that is not the one of the checkpoint, or whose log cannot be read on from there.
     *
     * @throws NotSetUpException with the way out
     */
    static void require(Head head, Anchor now, SourceSnapshot snapshot, CaptureRequest request) {
        Anchor then = head.anchor();
        require("database", then.database(), now.database());
        require("slot", then.slot(), now.slot());
        require("key of the values", then.valuesKeyFingerprint(), now.valuesKeyFingerprint());
        List<String> flaws = LogFlaws.of(
                request, known(then, snapshot), snapshot, head.core().resume().watermark());
        if (!flaws.isEmpty()) {
            throw new NotSetUpException(String.join("\n", flaws));
        }
    }

    /**
     * True if a run would go on from the checkpoint and miss nothing: the same log, the slot holds all of it from the
     * watermark on, and what is captured is what it was.
     */
    public static boolean isUnbroken(Head head, SourceSnapshot snapshot, CaptureRequest request, Seals seals) {
        Lsn judged = head.core().resume().watermark();
        return head.anchor().equals(anchor(snapshot, request, seals))
                && LogFlaws.of(request, known(head.anchor(), snapshot), snapshot, judged)
                        .isEmpty()
                && SlotStream.start(snapshot).compareTo(judged) <= 0;
    }

    /**
     * Refuses change topics of another source, or a checkpoint that does not know where to read on. What the topics no
     * longer hold is found out later, and told as a gap.
     *
     * @throws NotSetUpException with the way out
     */
    static void requireTopics(Head head, Anchor now, SourceSnapshot snapshot) {
        Anchor then = head.anchor();
        require("database", then.database(), now.database());
        require("slot", then.slot(), now.slot());
        require("key of the values", then.valuesKeyFingerprint(), now.valuesKeyFingerprint());
        if (then.readFrom().isEmpty()) {
            throw new NotSetUpException("the checkpoint belongs to a slot, not to topics: run uninstall with the old"
                    + " configuration, then setup to begin a new generation");
        }
        requireSameLog(head, snapshot);
    }

    /**
     * Refuses a log that is not the one in which the checkpoint ended.
     *
     * @throws NotSetUpException with the way out
     */
    public static void requireSameLog(Head head, SourceSnapshot snapshot) {
        LogFlaws.otherLog(
                        known(head.anchor(), snapshot),
                        snapshot,
                        head.core().resume().watermark())
                .ifPresent(flaw -> {
                    throw new NotSetUpException(flaw);
                });
    }

    private static ClusterIdentity known(Anchor then, SourceSnapshot snapshot) {
        return new ClusterIdentity(
                then.systemIdentifier(),
                Integer.parseInt(then.timeline()),
                then.database(),
                snapshot.cluster().version());
    }

    private static void require(String what, String then, String now) {
        if (!then.equals(now)) {
            throw new NotSetUpException("the checkpoint belongs to another " + what + " (" + then + ", now " + now
                    + "): run uninstall and setup to begin a new generation, or mend the configuration");
        }
    }
}
