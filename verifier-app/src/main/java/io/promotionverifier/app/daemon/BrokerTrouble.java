package io.promotionverifier.app.daemon;

import io.promotionverifier.app.board.Board;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An outage of Kafka as it is told where telling still works: on the board for as long as it lasts, in the log when it
 * begins, once a minute, and when it ends. Safe for use by many threads.
 */
final class BrokerTrouble {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerTrouble.class);
    private static final Duration TELL_EVERY = Duration.ofMinutes(1);

    private final Board board;
    private final Clock clock;
    private Optional<Instant> began = Optional.empty();
    private Instant told = Instant.EPOCH;

    BrokerTrouble(Board board, Clock clock) {
        this.board = board;
        this.clock = clock;
    }

    /**
     * It lasts.
     *
     * @param since when it began, as far as the caller knows
     */
    synchronized void lasts(Instant since, String why) {
        Instant now = clock.instant();
        Instant start = began.filter(earlier -> earlier.isBefore(since)).orElse(since);
        began = Optional.of(start);
        String reason = "no checkpoint has been acknowledged by Kafka for "
                + Duration.between(start, now).toSeconds() + " s: " + why;
        board.brokerTrouble(Optional.of(reason));
        if (!now.isBefore(told.plus(TELL_EVERY))) {
            told = now;
            LOG.error(
                    "BLIND: {}. Nothing is read meanwhile, nothing is lost; it goes on by itself from the last"
                            + " checkpoint",
                    reason);
        }
    }

    /** It is over, if there was one and a checkpoint has been acknowledged since. */
    synchronized void over() {
        boolean acknowledged = began.isPresent()
                && board.committed().filter(began.get()::isBefore).isPresent();
        if (acknowledged) {
            Duration took = Duration.between(began.orElseThrow(), clock.instant());
            LOG.info("Kafka acknowledges checkpoints again, after {} s", took.toSeconds());
            began = Optional.empty();
            told = Instant.EPOCH;
            board.brokerTrouble(Optional.empty());
        }
    }
}
