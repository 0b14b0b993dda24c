package io.promotionverifier.core.judge;

import java.time.Duration;
import java.util.List;

/**
 * How fast the tolerated rate is being used up, read from two spans at once: the long one says that it matters, the
 * short one that it still goes on (Google SRE Workbook, chapter 5, multi-window burn rates). A warning before an abort.
 */
public enum Burn {
    /** Nothing to be said. */
    NONE,
    /** More than tolerated over the last day and the last six hours: worth a ticket. */
    SLOW,
    /** Far more than tolerated over the last hour and the last five minutes: worth a page. */
    FAST;

    private static final double FAST_FACTOR = 14.4;
    private static final long FEWEST_ROWS = 2;

    /**
     * What the rates say.
     *
     * @param rates the rates over several spans
     * @param maximum the tolerated rate
     */
    public static Burn of(List<WindowRate> rates, double maximum) {
        if (exceeds(rates, Duration.ofHours(1), FAST_FACTOR * maximum)
                && exceeds(rates, Duration.ofMinutes(5), FAST_FACTOR * maximum)) {
            return FAST;
        }
        return exceeds(rates, Duration.ofHours(24), maximum) && exceeds(rates, Duration.ofHours(6), maximum)
                ? SLOW
                : NONE;
    }

    private static boolean exceeds(List<WindowRate> rates, Duration over, double limit) {
        return rates.stream()
                .filter(rate -> rate.over().equals(over) && rate.confirmedRows() >= FEWEST_ROWS)
                .anyMatch(rate -> rate.value().orElse(0) > limit);
    }
}
