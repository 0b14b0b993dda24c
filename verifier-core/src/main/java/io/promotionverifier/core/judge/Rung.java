package io.promotionverifier.core.judge;

import java.time.Duration;
import java.time.Instant;

/** A length of time in whose slots rows are counted together; a closed slot is merged into the next longer one. */
public enum Rung {
    /** Serves the fresh end of every span, and spans up to ten minutes. */
    MINUTE(Duration.ofMinutes(1), 10),
    /** Serves spans up to six hours. */
    FIVE_MINUTES(Duration.ofMinutes(5), 73),
    /** Serves spans up to two days. */
    HOUR(Duration.ofHours(1), 49),
    /** Serves spans up to the window. */
    DAY(Duration.ofDays(1), 400),
    /** Everything since the evidence began. */
    EVER(Duration.ofMillis(Long.MAX_VALUE), 1);

    private final long millis;
    private final int kept;

    Rung(Duration length, int kept) {
        this.millis = length.toMillis();
        this.kept = kept;
    }

    /** The slot that holds an instant; negative before 1970. */
    public long slot(Instant at) {
        return this == EVER ? 0 : Math.floorDiv(at.toEpochMilli(), millis);
    }

    /** The slot that holds the begin of a slot of the rung below. */
    long slotOf(Rung below, long slot) {
        return this == EVER ? 0 : Math.floorDiv(slot * below.millis, millis);
    }

    /** How many slots are kept, the newest included. */
    int kept() {
        return kept;
    }

    /** The rung into which closed slots of this one are merged; this one itself for the last. */
    Rung next() {
        return switch (this) {
            case MINUTE -> FIVE_MINUTES;
            case FIVE_MINUTES -> HOUR;
            case HOUR -> DAY;
            case DAY, EVER -> EVER;
        };
    }

    /** The shortest slots that still reach back over a whole span. */
    static Rung serving(Duration span) {
        for (Rung rung : values()) {
            if (rung == EVER || span.toMillis() <= rung.millis * (rung.kept - 1L)) {
                return rung;
            }
        }
        return EVER;
    }

    /** The first slot of a span that ends with a newest slot: its edge is exact to one slot. */
    long first(Duration span, long newest) {
        return this == EVER ? 0 : newest + Math.min(-1, Math.floorDiv(-span.toMillis(), millis)) + 1;
    }
}
