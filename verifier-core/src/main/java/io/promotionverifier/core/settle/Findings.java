package io.promotionverifier.core.settle;

import io.promotionverifier.core.change.Moment;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.ledger.Breakdown;
import io.promotionverifier.core.ledger.Latencies;
import io.promotionverifier.core.ledger.Share;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The open findings of one promotion, and how many episodes each row has had. Confined to the thread that walks the
 * line.
 *
 * <p>Memory: one entry for each row that disagrees, and for {@value PastEpisodes#MOST_ROWS} rows whose episodes ended.
 */
public final class Findings {
    private final Duration grace;
    private final Map<RowKey, Finding> open = new HashMap<>();
    private final PastEpisodes past;
    private final TreeSet<Due> due = new TreeSet<>();
    private Set<RowKey> changed = new HashSet<>();
    private final Room room;
    private final Latencies latencies;
    private final Breakdown breakdown;
    private long suspected;
    private long confirmed;
    private long converged;
    private long resolved;

    /**
     * @param breakdown where each finding is counted once more, by who wrote what opened it
     * @param room what the findings take is taken from it
     */
    public Findings(
            Duration grace, FindingTotals totals, Latencies.Snapshot latencies, Breakdown breakdown, Room room) {
        this(grace, totals, latencies, breakdown, room, new PastEpisodes());
    }

    Findings(
            Duration grace,
            FindingTotals totals,
            Latencies.Snapshot latencies,
            Breakdown breakdown,
            Room room,
            PastEpisodes past) {
        this.grace = grace;
        this.room = room;
        this.breakdown = breakdown;
        this.past = past;
        this.latencies = new Latencies(latencies);
        this.converged = totals.converged();
        this.resolved = totals.resolved();
    }

    /** When a suspected finding is due; ordered by deadline, then by id, so that every run confirms in one order. */
    private record Due(Instant deadline, String id, RowKey key) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byDeadline = deadline.compareTo(other.deadline);
            return byDeadline != 0 ? byDeadline : id.compareTo(other.id);
        }
    }

    /** Takes a row back from a checkpoint. */
    void restore(RowKey key, RowRecord row) {
        row.finding().ifPresent(this::put);
        if (row.pastEpisodes() > 0) {
            past.remember(key, row.pastEpisodes());
        }
        changed.remove(key);
    }

    /** The open finding filed under a key. */
    public Optional<Finding> find(RowKey key) {
        return Optional.ofNullable(open.get(key));
    }

    /** The keys with open findings, in key order. */
    public List<RowKey> openKeys() {
        return open.keySet().stream().sorted().toList();
    }

    /** How many episodes of this row have ended. */
    int pastEpisodes(RowKey key) {
        return past.of(key);
    }

    /** The number of rows that disagree now. */
    public int openRows() {
        return open.size();
    }

    /** Files a finding under its key. */
    void file(Finding finding) {
        put(finding);
        breakdown.came(finding.author(), share(finding), finding.opened().time());
    }

    private static Share share(Finding finding) {
        return finding.state() == FindingState.SUSPECTED ? Share.SUSPECTED : Share.CONFIRMED;
    }

    private void put(Finding finding) {
        open.put(finding.key(), finding);
        room.take(Room.bytes(finding));
        changed.add(finding.key());
        if (finding.state() == FindingState.SUSPECTED) {
            suspected++;
            due.add(new Due(finding.opened().time().plus(grace), finding.id(), finding.key()));
        } else {
            confirmed++;
        }
    }

    /** Takes the finding of a key out of the file, to be moved, turned or ended. */
    Optional<Finding> take(RowKey key) {
        Finding finding = open.remove(key);
        if (finding == null) {
            return Optional.empty();
        }
        changed.add(key);
        room.take(-Room.bytes(finding));
        breakdown.left(finding.author(), share(finding));
        if (finding.state() == FindingState.SUSPECTED) {
            suspected--;
            due.remove(new Due(finding.opened().time().plus(grace), finding.id(), key));
        } else {
            confirmed--;
        }
        return Optional.of(finding);
    }

    /** Ends a finding that was taken out: converged when it was suspected and agrees, else resolved. */
    Turn end(Finding finding, RowKey latest, Resolution how, Moment at) {
        // Only the stream saw both writes: what a census opened or ended has no latency.
        boolean witnessed =
                finding.origin() == FindingOrigin.STREAM && at.transaction().isPresent();
        boolean inTime = witnessed && finding.state() == FindingState.SUSPECTED && how == Resolution.AGREED;
        Optional<Duration> latency = Optional.empty();
        if (inTime) {
            Duration took = Duration.between(finding.opened().time(), at.time());
            latency = Optional.of(took.isNegative() ? Duration.ZERO : took);
            latencies.add(latency.get());
            converged++;
        } else {
            resolved++;
        }
        breakdown.came(
                finding.author(),
                inTime ? Share.CONVERGED : Share.RESOLVED,
                finding.opened().time());
        changed.add(latest);
        past.remember(latest, finding.episode()).ifPresent(changed::add);
        FindingState state = inTime ? FindingState.CONVERGED : FindingState.RESOLVED;
        return new Turn(finding.turn(latest, state, at, latency, Optional.of(how)), false);
    }

    /** Confirms what stream time has left behind: every suspected finding opened more than grace before the moment. */
    public List<Turn> confirm(Moment now) {
        if (due.isEmpty() || !due.first().deadline().isBefore(now.time())) {
            return List.of();
        }
        List<Turn> turns = new ArrayList<>();
        while (!due.isEmpty() && due.first().deadline().isBefore(now.time())) {
            Finding finding = take(due.first().key()).orElseThrow();
            Finding next = finding.turn(finding.key(), FindingState.CONFIRMED, now, Optional.empty(), Optional.empty());
            file(next);
            turns.add(new Turn(next, false));
        }
        return turns;
    }

    /** The oldest confirmed findings that are still open. */
    public List<Finding> firstConfirmed(int limit) {
        return open.values().stream()
                .filter(finding -> finding.state() == FindingState.CONFIRMED)
                .sorted(java.util.Comparator.comparing(
                                (Finding finding) -> finding.opened().time())
                        .thenComparing(Finding::id))
                .limit(limit)
                .toList();
    }

    /** What is remembered of a row, without the open transaction. */
    RowRecord record(RowKey key, Optional<TouchedRow> touched) {
        return new RowRecord(find(key), pastEpisodes(key), touched);
    }

    /** All that is remembered counts as changed. */
    void tellAll() {
        changed.addAll(open.keySet());
        changed.addAll(past.keys());
    }

    /** The record of a row has changed. */
    void changed(RowKey key) {
        changed.add(key);
    }

    /** What changed so far is known. */
    void nothingChanged() {
        changed.clear();
    }

    /** The keys whose record changed since the last call, in their order. */
    RowKey[] drainChanged() {
        RowKey[] drained = changed.toArray(RowKey[]::new);
        Arrays.sort(drained);
        changed = new HashSet<>(); // to clear a set that was very large once takes long for ever
        return drained;
    }

    /** The open findings and the totals of now. */
    public FindingTotals totals() {
        return new FindingTotals(suspected, confirmed, converged, resolved);
    }

    /** The convergence latencies of now. */
    public Latencies.Snapshot latencies() {
        return latencies.snapshot();
    }
}
