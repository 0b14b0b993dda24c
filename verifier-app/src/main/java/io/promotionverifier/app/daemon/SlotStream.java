package io.promotionverifier.app.daemon;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.postgres.access.NotSetUpException;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.decode.HeartbeatClock;
import io.promotionverifier.postgres.engine.ArrivalHandler;
import io.promotionverifier.postgres.engine.CaptureEngine;
import io.promotionverifier.postgres.engine.CaptureSettings;
import io.promotionverifier.postgres.heartbeat.HeartbeatMessage;
import io.promotionverifier.postgres.slot.CaptureRequest;
import io.promotionverifier.postgres.slot.SlotRelease;
import io.promotionverifier.postgres.slot.SourceReady;
import io.promotionverifier.postgres.slot.SourceSetup;
import java.time.Duration;

/**
 * Engines over one slot. Each start sees first that slot and publication stand: Debezium would create a missing slot.
 */
final class SlotStream implements EngineSupervisor.EngineSource {
    private static final Duration PATIENCE = Duration.ofSeconds(75);
    private static final HeartbeatClock CLOCK =
            content -> HeartbeatMessage.parse(content).map(HeartbeatMessage::time);

    private final PostgresAccess access;
    private final CaptureRequest request;
    private final CaptureSettings settings;
    private final ArrivalHandler handler;

    SlotStream(PostgresAccess access, CaptureRequest request, CaptureSettings settings, ArrivalHandler handler) {
        this.access = access;
        this.request = request;
        this.settings = settings;
        this.handler = handler;
    }

    @Override
    public Lsn ready() {
        try (Session session = access.open()) {
            new SlotRelease(session).free(request.slot(), PATIENCE);
            SourceReady ready = new SourceSetup(session, request).ready();
            if (ready.slot().health().lost()) {
                throw new NotSetUpException("slot " + request.slot() + " has lost its log ("
                        + ready.slot().health().invalidation().orElse("removed by the server")
                        + "): row changes were missed; run setup --resume to go on with a recorded gap");
            }
            return ready.start();
        }
    }

    @Override
    public CaptureEngine engine() {
        return new CaptureEngine(settings, CLOCK, handler);
    }
}
