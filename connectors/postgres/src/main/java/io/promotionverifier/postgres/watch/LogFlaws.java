package io.promotionverifier.postgres.watch;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.postgres.slot.CaptureRequest;
import io.promotionverifier.postgres.slot.ClusterIdentity;
import io.promotionverifier.postgres.slot.SlotFit;
import io.promotionverifier.postgres.slot.SlotState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is wrong with the log itself, so that nothing at all can be read in continuity. Pure. */
public final class LogFlaws {
    private static final String WAY_OUT =
            ": row changes were missed; stop the verifier, run setup --resume to go on behind a recorded gap, start it"
                    + " again and take a census";

    private LogFlaws() {}

    /**
     * Each flaw with its way out; empty if the stream can go on.
     *
     * @param known the cluster in which the stream began
     * @param judged how far the log had been judged before the snapshot was taken
     */
    public static List<String> of(CaptureRequest request, ClusterIdentity known, SourceSnapshot snapshot, Lsn judged) {
        Optional<String> otherLog = otherLog(known, snapshot, judged);
        if (otherLog.isPresent()) {
            return List.of(otherLog.get());
        }
        List<String> flaws = new ArrayList<>();
        slot(request.slot(), snapshot).ifPresent(flaw -> flaws.add(flaw + WAY_OUT));
        if (snapshot.publication().isEmpty()) {
            flaws.add("publication " + request.publication() + " does not exist" + WAY_OUT);
        }
        return flaws;
    }

    /** Why this is not the log in which the stream began, with the way out; parameters as for {@link #of}. */
    public static Optional<String> otherLog(ClusterIdentity known, SourceSnapshot snapshot, Lsn judged) {
        return difference(known, snapshot, judged).map(flaw -> flaw + WAY_OUT);
    }

    private static Optional<String> difference(ClusterIdentity known, SourceSnapshot snapshot, Lsn judged) {
        ClusterIdentity now = snapshot.cluster();
        if (!now.systemIdentifier().equals(known.systemIdentifier())) {
            return Optional.of("this is another PostgreSQL cluster (" + now.systemIdentifier() + ", before "
                    + known.systemIdentifier() + ")");
        }
        if (now.timeline() != known.timeline()) {
            return Optional.of("the cluster is on another timeline (" + now.timeline() + ", before " + known.timeline()
                    + "): a failover or a restore");
        }
        if (snapshot.at().compareTo(judged) < 0) {
            return Optional.of("the server's log ends before " + judged + ", which had been judged: a restored backup");
        }
        return Optional.empty();
    }

    private static Optional<String> slot(String name, SourceSnapshot snapshot) {
        if (snapshot.slot().isEmpty()) {
            return Optional.of("slot " + name + " does not exist");
        }
        SlotState slot = snapshot.slot().get();
        List<String> misfits = SlotFit.misfits(slot, snapshot.cluster().database());
        return misfits.isEmpty()
                ? Optional.empty()
                : Optional.of("slot " + name + " does not fit: " + String.join("; ", misfits));
    }
}
