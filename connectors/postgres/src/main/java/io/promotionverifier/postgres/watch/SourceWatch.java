package io.promotionverifier.postgres.watch;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.pipeline.Inspection;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.access.Timeouts;
import io.promotionverifier.postgres.catalog.CaptureDigest;
import java.time.Duration;

/**
 * Looks at the source again and again, each time in a short read-only session of its own. It has no thread: whoever
 * calls {@link #look} waits, never longer than connect plus socket time-out. Confined to one thread.
 */
public final class SourceWatch {
    private static final Timeouts SHORT =
            new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(8), Duration.ofSeconds(5));

    private final PostgresAccess access;
    private final CaptureWatch watch;
    private CaptureDigest before;

    /** @param before the digest of what was captured when the checkpoint was written */
    public SourceWatch(PostgresAccess access, CaptureWatch watch, CaptureDigest before) {
        this.access = access.with(SHORT);
        this.watch = watch;
        this.before = before;
    }

    /**
     * One look.
     *
     * @param judged how far the log has been judged by now
     * @throws io.promotionverifier.postgres.access.SourceException if nothing could be seen; looking again later helps
     */
    public Inspection look(Lsn judged) {
        try (Session session = access.openReadOnly()) {
            SourceSnapshot snapshot = SourceSnapshot.read(session, watch.request());
            Inspection inspection = watch.inspect(snapshot, before, judged);
            before = before.updated(CaptureDigest.of(snapshot.fingerprint()));
            return inspection;
        }
    }

    /** The digest of what is captured, as the last look found it. */
    public CaptureDigest digest() {
        return before;
    }
}
