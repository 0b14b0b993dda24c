package io.promotionverifier.breach.judge;

import java.time.Instant;
import java.util.function.Supplier;

/** Reads the clock, by reference. */
public final class AsksTheTime {
    /** The time. */
    public Supplier<Instant> time() {
        return Instant::now;
    }
}
