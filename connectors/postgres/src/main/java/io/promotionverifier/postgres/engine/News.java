package io.promotionverifier.postgres.engine;

import java.time.Duration;

/**
 * Tells the thread that polls Debezium's queue that the reading thread has heard something. That queue makes whoever
 * polls it wait for its interval, and spin for the last millisecond of it: at 5 ms a sixth of a core is gone while
 * nothing happens. So nobody polls in vain for long: each poll without news makes the wait before the next one longer.
 * Safe for use by many threads.
 */
final class News {
    private static final long LONGEST_MILLIS = 64;

    private boolean heard;
    private long millis = 1;

    /** Something came. */
    synchronized void heard() {
        heard = true;
        notifyAll();
    }

    /** How long the next wait lasts if nothing comes. */
    synchronized Duration patience() {
        return Duration.ofMillis(millis);
    }

    /** Returns at once when something came since the last call; else when something comes, or after a while. */
    synchronized void await() throws InterruptedException {
        long begin = System.nanoTime();
        long left = millis;
        while (!heard && left > 0) {
            wait(left);
            left = millis - (System.nanoTime() - begin) / 1_000_000;
        }
        millis = heard ? 1 : Math.min(LONGEST_MILLIS, 2 * millis);
        heard = false;
    }
}
