package io.promotionverifier.app.daemon;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.postgres.access.NotSetUpException;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.decode.HeartbeatClock;
import io.promotionverifier.postgres.engine.CaptureEngine;
import io.promotionverifier.postgres.engine.CaptureSettings;
import io.promotionverifier.postgres.heartbeat.HeartbeatMessage;
import io.promotionverifier.postgres.slot.CaptureRequest;
import io.promotionverifier.postgres.slot.ClusterIdentity;
import io.promotionverifier.postgres.slot.SlotRelease;
import io.promotionverifier.postgres.slot.SlotState;
import io.promotionverifier.postgres.slot.SourceLock;
import io.promotionverifier.postgres.watch.LogFlaws;
import io.promotionverifier.postgres.watch.SourceSnapshot;
import java.time.Duration;
import java.util.List;

/**
 * Engines over one slot. Each start sees first that the lock is ours, that the cluster is the one in which the stream
 * began, and that slot and publication stand: Debezium would create a missing slot.
 */
final class SlotStream implements EngineSupervisor.EngineSource {
    private static final Duration PATIENCE = Duration.ofSeconds(75);
    private static final HeartbeatClock CLOCK =
            content -> HeartbeatMessage.parse(content).map(HeartbeatMessage::time);

    private final PostgresAccess access;
    private final SourceLock lock;
    private final CaptureRequest request;
    private final ClusterIdentity cluster;
    private final CaptureSettings settings;
    private final CaptureLine line;

    SlotStream(
            PostgresAccess access,
            SourceLock lock,
            CaptureRequest request,
            ClusterIdentity cluster,
            CaptureSettings settings,
            CaptureLine line) {
        this.access = access;
        this.lock = lock;
        this.request = request;
        this.cluster = cluster;
        this.settings = settings;
        this.line = line;
    }

    @Override
    public Lsn ready() {
        lock.ensure();
        Lsn judged = line.watermark();
        try (Session session = access.open()) {
            new SlotRelease(session, lock::ensure).free(request.slot(), PATIENCE);
            SourceSnapshot snapshot = SourceSnapshot.read(session, request);
            List<String> flaws = LogFlaws.of(request, cluster, snapshot, judged);
            if (!flaws.isEmpty()) {
                throw new NotSetUpException(String.join("; ", flaws));
            }
            return start(snapshot);
        }
    }

    /** From where a slot that stands will stream. */
    static Lsn start(SourceSnapshot snapshot) {
        return snapshot.slot()
                .map(SlotState::positions)
                .flatMap(SlotState.Positions::confirmedFlush)
                .orElseThrow(() -> new NotSetUpException("the slot is no logical slot: run setup"));
    }

    @Override
    public CaptureEngine engine() {
        return new CaptureEngine(settings, CLOCK, line.handler());
    }
}
