package io.promotionverifier.breach.judge;

/** Reads the system's clock. */
public final class AsksTheSystem {
    /** The time. */
    public long time() {
        return System.nanoTime();
    }
}
