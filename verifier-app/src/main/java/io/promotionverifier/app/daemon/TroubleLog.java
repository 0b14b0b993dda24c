package io.promotionverifier.app.daemon;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a trouble that comes again and again is worth a line in the log: when it begins, when it becomes another, and
 * once a minute while it lasts. Confined to one thread.
 */
final class TroubleLog {
    private static final Duration TELL_EVERY = Duration.ofMinutes(1);

    private final Clock clock;
    private Optional<String> told = Optional.empty();
    private Instant when = Instant.EPOCH;

    TroubleLog(Clock clock) {
        this.clock = clock;
    }

    /** True if the trouble is to be told now: the caller tells it then. */
    boolean tells(String trouble) {
        Instant now = clock.instant();
        boolean news = !told.equals(Optional.of(trouble)) || !now.isBefore(when.plus(TELL_EVERY));
        if (news) {
            told = Optional.of(trouble);
            when = now;
        }
        return news;
    }

    /** The trouble is over; true if it had been told. */
    boolean over() {
        boolean was = told.isPresent();
        told = Optional.empty();
        return was;
    }

    /** True while a trouble lasts that was told. */
    boolean lasts() {
        return told.isPresent();
    }
}
