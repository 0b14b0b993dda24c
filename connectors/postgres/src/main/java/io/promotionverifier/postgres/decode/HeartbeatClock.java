package io.promotionverifier.postgres.decode;

import java.time.Instant;
import java.util.Optional;

/** Reads the server's clock from the content of our message through the log. */
@FunctionalInterface
public interface HeartbeatClock {
    /** The time that the content carries; absent if the content is not ours. Never throws. */
    Optional<Instant> read(String content);
}
