package io.promotionverifier.breach.judge;

/** Knows threads. */
public final class Waits {
    /** Gives way to others. */
    public void giveWay() {
        Thread.onSpinWait();
    }
}
