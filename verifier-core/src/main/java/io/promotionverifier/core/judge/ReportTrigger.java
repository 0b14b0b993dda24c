package io.promotionverifier.core.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Holds the reports of a promotion against each other: a divergence counts once it has lasted for grace, for a write
 * split over two transactions makes every report differ for a moment. Confined to the thread that walks the line.
 */
public final class ReportTrigger {
    private final Duration grace;
    private final TreeMap<String, Standing> standings = new TreeMap<>();

    public ReportTrigger(Duration grace, Map<String, Standing> known) {
        this.grace = grace;
        standings.putAll(known);
    }

    /**
     * How a report stands.
     *
     * @param latest the latest reading
     * @param divergentSince when it began to differ; absent while both sides give the same rows
     */
    public record Standing(ReportReading latest, Optional<Instant> divergentSince) {
        /** True when the report has differed for at least that long. */
        boolean hasLasted(Duration grace) {
            return divergentSince.isPresent()
                    && !latest.read().isBefore(divergentSince.get().plus(grace));
        }
    }

    /** Takes a reading; the crossing if the divergence has lasted for grace. */
    public Optional<Crossing> read(ReportReading reading) {
        Standing before = standings.get(reading.report());
        Optional<Instant> since = reading.isDivergent()
                ? Optional.ofNullable(before).flatMap(Standing::divergentSince).or(() -> Optional.of(reading.read()))
                : Optional.empty();
        Standing standing = new Standing(reading, since);
        standings.put(reading.report(), standing);
        return standing.hasLasted(grace) ? Optional.of(crossing(standing)) : Optional.empty();
    }

    private static Crossing crossing(Standing standing) {
        ReportReading reading = standing.latest();
        Duration lasted = Duration.between(standing.divergentSince().orElse(reading.read()), reading.read());
        return new Crossing(
                AbortTrigger.REPORT_DIVERGENCE,
                "report " + reading.report(),
                new Abort.Evidence(
                        reading.divergentRows(), reading.maximum(), reading.rows(), reading.divergentRows(), lasted));
    }

    /** Whether a report differs, but not yet for grace: it should be read again soon. */
    public boolean isToBeReadAgain(String report) {
        Standing standing = standings.get(report);
        return standing != null && standing.divergentSince().isPresent() && !standing.hasLasted(grace);
    }

    /** How each report stands, by name. */
    public Map<String, Standing> standings() {
        return Map.copyOf(standings);
    }

    /** Forgets since when reports differ: only later evidence counts. */
    public void clear() {
        standings.replaceAll((report, standing) -> new Standing(standing.latest(), Optional.empty()));
    }
}
