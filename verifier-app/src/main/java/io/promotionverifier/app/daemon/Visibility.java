package io.promotionverifier.app.daemon;

import io.promotionverifier.postgres.access.SourceException;
import io.promotionverifier.postgres.reread.VersionReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits until others see what the log has shown: a commit is in the log a moment before, and for as long as it waits
 * for a synchronous standby. Confined to the thread that walks the line.
 */
final class Visibility {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(2);

    private final VersionReader reader;
    private final Clock clock;

    /**
     * @param reader tells what is seen
     * @param clock tells how long to wait, and nothing else
     */
    Visibility(VersionReader reader, Clock clock) {
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * Those of the transactions that stay invisible: a look at the database says nothing of what they did.
     *
     * @throws SourceException if the server could not be asked
     */
    Set<Long> invisible(Set<Long> transactions) {
        Instant end = clock.instant().plus(PATIENCE);
        Set<Long> unseen = reader.unseen(transactions);
        while (!unseen.isEmpty() && clock.instant().isBefore(end)) {
            LockSupport.parkNanos(PAUSE.toNanos());
            unseen = reader.unseen(transactions);
        }
        return unseen;
    }
}
