package io.promotionverifier.core.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a promotion's verification window has come: stream time that passed while we saw, and while we did not. It
 * stands still while an abort is active. Confined to the thread that walks the line.
 */
final class WindowClock {
    private Optional<Instant> started;
    private Duration verified;
    private Duration blind;

    /** A window that goes on, or that begins at a configured time or with the first sign of the source. */
    WindowClock(Optional<Instant> started, Duration verified, Duration blind) {
        this.started = started;
        this.verified = verified;
        this.blind = blind;
    }

    /** Stream time moved on. */
    void pass(Optional<Instant> before, Instant now, boolean sighted, boolean aborted) {
        started = started.or(() -> Optional.of(now));
        if (before.isEmpty() || aborted) {
            return;
        }
        Duration passed = Duration.between(before.get(), now);
        if (sighted) {
            verified = verified.plus(passed);
        } else {
            blind = blind.plus(passed);
        }
    }

    /** The window begins again; what was blind before stays told. */
    void restart(Instant at) {
        verified = Duration.ZERO;
        started = Optional.of(at);
    }

    PromotionStatus.Window of(Duration length) {
        return new PromotionStatus.Window(started, length, verified, blind);
    }
}
