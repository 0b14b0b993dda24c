package io.promotionverifier.core.settle;

import io.promotionverifier.core.change.Moment;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Origin;
import io.promotionverifier.core.change.Parent;
import io.promotionverifier.core.change.Position;
import io.promotionverifier.core.change.RowChange;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.compare.MismatchKind;
import io.promotionverifier.core.compare.Outcome;
import io.promotionverifier.core.compare.Sides;
import io.promotionverifier.core.compare.UnverifiableReason;
import io.promotionverifier.core.ledger.Author;
import io.promotionverifier.core.ledger.Counters;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.settle.TouchedRow.Latest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Folds the row changes of one promotion into counters and findings, transaction by transaction: only a row's state at
 * COMMIT opens, moves or ends a finding. Confined to the thread that walks the line.
 *
 * <p>Memory inside a transaction: one entry for each row that disagrees or has an open finding, as many as there is
 * {@link Room} for; rows beyond are {@code UNVERIFIABLE(LIMIT)}.
 */
public final class Settlement {
    private final Promotion promotion;
    private final long generation;
    private final Counters counters;
    private final Findings findings;
    private final Room room;
    private final Map<RowKey, TouchedRow> touched = new TreeMap<>();
    private final Set<RowKey> claimed = new HashSet<>();
    private long touchedBytes;
    private long unremembered;

    /** @param room the findings' */
    public Settlement(Promotion promotion, long generation, Counters counters, Findings findings, Room room) {
        this.promotion = promotion;
        this.generation = generation;
        this.counters = counters;
        this.findings = findings;
        this.room = room;
    }

    /** Takes a row back from a checkpoint. */
    public void restore(RowKey key, RowRecord row) {
        findings.restore(key, row);
        row.touched().ifPresent(entry -> put(key, entry));
        findings.nothingChanged();
    }

    /** A row was written: judges the version now, settles it at COMMIT. */
    public List<Turn> written(RowChange change, Sides sides, Outcome outcome) {
        RowKey key = change.event().key().orElseThrow();
        List<Turn> turns = new ArrayList<>();
        Optional<RowKey> oldKey = change.event().oldKey().filter(old -> !old.equals(key));
        TouchedRow before = oldKey.isPresent() ? moved(oldKey.get(), key, change, turns::add) : current(key);
        supersede(before);
        Optional<RowKey> origin = before.origin();
        if (outcome instanceof Outcome.Mismatched mismatch) {
            remember(key, origin, change, sides, mismatch.kind());
        } else {
            counters.count(Author.of(change), outcome);
            forgetOrKeep(key, origin, latestOf(outcome));
        }
        return turns;
    }

    private void remember(RowKey key, Optional<RowKey> origin, RowChange change, Sides sides, MismatchKind kind) {
        if (origin.isEmpty() && !touched.containsKey(key) && isFull()) {
            unremembered++;
            counters.count(Author.of(change), new Outcome.Unverifiable(UnverifiableReason.LIMIT));
            return;
        }
        MismatchedVersion version = new MismatchedVersion(
                change.event().operation(),
                change.event().origin(),
                change.event().writer(),
                kind,
                sides.column(),
                sides.document(),
                change.position());
        put(key, new TouchedRow(origin, Latest.MISMATCHED, Optional.of(version)));
    }

    private void forgetOrKeep(RowKey key, Optional<RowKey> origin, Latest latest) {
        if (origin.isPresent()) {
            put(key, new TouchedRow(origin, latest, Optional.empty()));
        } else {
            drop(key);
        }
    }

    private static Latest latestOf(Outcome outcome) {
        if (outcome instanceof Outcome.Explained) {
            return Latest.EXPLAINED;
        }
        return outcome instanceof Outcome.Unverifiable ? Latest.UNVERIFIABLE : Latest.AGREED;
    }

    /** A row was deleted, or is no suspect any more. */
    public void deleted(RowChange change) {
        RowKey key = change.event().key().orElseThrow();
        counters.countSkipped(Author.of(change));
        TouchedRow before = current(key);
        supersede(before);
        boolean cleared = change.event().operation() == Operation.LEFT;
        forgetOrKeep(key, before.origin(), cleared ? Latest.CLEARED : Latest.DELETED);
    }

    /** The table was truncated. */
    public void truncated(RowChange change) {
        counters.countSkipped(Author.of(change));
        for (RowKey key : List.copyOf(touched.keySet())) {
            TouchedRow before = current(key);
            supersede(before);
            boolean gone = before.latest() == Latest.DELETED || before.latest() == Latest.CLEARED;
            forgetOrKeep(key, before.origin(), gone ? before.latest() : Latest.TRUNCATED);
        }
        for (RowKey key : findings.openKeys()) {
            if (!claimed.contains(key)) {
                put(key, new TouchedRow(Optional.of(key), Latest.TRUNCATED, Optional.empty()));
            }
        }
    }

    private TouchedRow current(RowKey key) {
        TouchedRow entry = touched.get(key);
        if (entry != null) {
            return entry;
        }
        return !claimed.contains(key) && findings.find(key).isPresent()
                ? new TouchedRow(Optional.of(key), Latest.AGREED, Optional.empty())
                : TouchedRow.NONE;
    }

    /** The row moved to another key: its entry moves along; what was left under the new key belonged to another row. */
    private TouchedRow moved(RowKey oldKey, RowKey key, RowChange change, Consumer<Turn> told) {
        TouchedRow entry = current(oldKey);
        drop(oldKey);
        TouchedRow departed = current(key);
        if (departed.origin().isPresent()) {
            Moment at = change.position().moment();
            endTaken(departed.origin().get(), key, departed, at).ifPresent(told);
            claimed.remove(departed.origin().get());
        }
        drop(key);
        return entry;
    }

    private void put(RowKey key, TouchedRow entry) {
        TouchedRow before = touched.put(key, entry);
        weigh(Room.bytes(key, entry) - (before == null ? 0 : Room.bytes(key, before)));
        findings.changed(key);
        entry.origin().ifPresent(claimed::add);
    }

    private void drop(RowKey key) {
        TouchedRow before = touched.remove(key);
        if (before != null) {
            weigh(-Room.bytes(key, before));
            findings.changed(key);
        }
    }

    private void weigh(long bytes) {
        touchedBytes += bytes;
        room.take(bytes);
    }

    private void dropAll() {
        touched.keySet().forEach(findings::changed);
        weigh(-touchedBytes);
        touched.clear();
        claimed.clear();
    }

    private void supersede(TouchedRow before) {
        before.version().ifPresent(version -> counters.countSuperseded(version.author()));
    }

    /** The transaction will never show its end: what waited for it counts nowhere, and its rows are as before. */
    public void abandon() {
        dropAll();
    }

    /** The transaction committed: counts what waited and turns the findings of the rows it touched. */
    public Commit committed(Moment at) {
        if (touched.isEmpty()) {
            return Commit.NOTHING;
        }
        Map<RowKey, Finding> taken = new HashMap<>();
        for (TouchedRow row : touched.values()) {
            row.origin().ifPresent(origin -> findings.take(origin).ifPresent(finding -> taken.put(origin, finding)));
        }
        List<Turn> turns = new ArrayList<>();
        List<RowKey> stillConfirmed = new ArrayList<>();
        touched.forEach((key, row) -> {
            Optional<Finding> finding = row.origin().map(taken::get);
            settle(key, row, finding, at).ifPresent(turns::add);
            if (isConfirmedAgain(row, finding)) {
                stillConfirmed.add(key);
            }
        });
        dropAll();
        return new Commit(turns, stillConfirmed);
    }

    private static boolean isConfirmedAgain(TouchedRow row, Optional<Finding> finding) {
        return finding.isPresent()
                && finding.get().state() == FindingState.CONFIRMED
                && row.version()
                        .filter(version -> version.origin() == Origin.LIVE)
                        .isPresent();
    }

    private Optional<Turn> settle(RowKey key, TouchedRow row, Optional<Finding> finding, Moment at) {
        return switch (row.latest()) {
            case MISMATCHED -> mismatched(key, row.version().orElseThrow(), finding, at);
            case AGREED -> finding.map(f -> findings.end(f, key, Resolution.AGREED, at));
            case EXPLAINED -> finding.map(f -> findings.end(f, key, Resolution.EXPLAINED, at));
            case DELETED -> finding.map(f -> findings.end(f, key, Resolution.DELETED, at));
            case TRUNCATED -> finding.map(f -> findings.end(f, key, Resolution.TRUNCATED, at));
            case CLEARED -> finding.map(f -> findings.end(f, key, Resolution.CLEARED, at));
            case UNVERIFIABLE -> finding.flatMap(f -> kept(f, key));
        };
    }

    private Optional<Turn> endTaken(RowKey origin, RowKey latest, TouchedRow row, Moment at) {
        Resolution how = switch (row.latest()) {
            case TRUNCATED -> Resolution.TRUNCATED;
            case CLEARED -> Resolution.CLEARED;
            default -> Resolution.DELETED;
        };
        return findings.take(origin).map(finding -> findings.end(finding, latest, how, at));
    }

    private Optional<Turn> kept(Finding finding, RowKey key) {
        boolean moved = !finding.key().equals(key);
        Finding next = moved ? finding.withKey(key) : finding;
        findings.file(next);
        return moved ? Optional.of(new Turn(next, false)) : Optional.empty();
    }

    private Optional<Turn> mismatched(RowKey key, MismatchedVersion version, Optional<Finding> finding, Moment at) {
        counters.count(version.author(), new Outcome.Mismatched(version.kind()));
        if (finding.isEmpty()) {
            Finding opened = open(key, version, at);
            findings.file(opened);
            return Optional.of(new Turn(opened, true));
        }
        boolean news = finding.get().saysOtherThan(key, version);
        Finding next =
                news ? finding.get().withVersion(key, version) : finding.get().writtenAgainBy(version.origin());
        findings.file(next);
        return news ? Optional.of(new Turn(next, false)) : Optional.empty();
    }

    private Finding open(RowKey key, MismatchedVersion version, Moment at) {
        Position position = version.position();
        String place = position.lsn() + ":" + position.order();
        Moment opened = new Moment(position.lsn(), at.transaction(), at.time());
        Sides sides = new Sides(version.column(), version.document(), Parent.NOT_ASKED);
        return opened(place, key, version.kind(), sides, opened, new Cause(version.origin(), version.author()));
    }

    /** Who left a row as it is. */
    private record Cause(Origin origin, Author author) {}

    private Finding opened(String place, RowKey key, MismatchKind kind, Sides sides, Moment opened, Cause cause) {
        return new Finding(
                Finding.idBegin(promotion.id().value(), generation) + place,
                promotion.id(),
                promotion.table(),
                key,
                FindingState.SUSPECTED,
                kind,
                sides.column(),
                sides.document(),
                opened,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                cause.origin() == Origin.UNSEEN ? FindingOrigin.CENSUS : FindingOrigin.STREAM,
                cause.origin(),
                cause.author(),
                findings.pastEpisodes(key) + 1,
                0);
    }

    /**
     * A census found a row that disagrees and has no finding; absent when so many rows disagree that it is not
     * remembered.
     *
     * @param place what makes the finding's id one of its own
     */
    public Optional<Turn> censused(String place, RowKey key, MismatchKind kind, Sides sides, Moment at) {
        if (isFull()) {
            unremembered++;
            return Optional.empty();
        }
        Finding opened = opened(place, key, kind, sides, at, new Cause(Origin.UNSEEN, Author.UNSEEN));
        findings.file(opened);
        return Optional.of(new Turn(opened, true));
    }

    /** A census knows that the finding of a row has ended; absent when there is none, or its row is in motion. */
    public Optional<Turn> censusEnded(RowKey key, Resolution how, Moment at) {
        if (touched.containsKey(key) || claimed.contains(key)) {
            return Optional.empty();
        }
        return findings.take(key).map(finding -> findings.end(finding, key, how, at));
    }

    private boolean isFull() {
        return room.isFull(findings.openRows() + touched.size());
    }

    /** True while at most half as many rows disagree as may: enough room for a census to tell of others. */
    public boolean hasRoom() {
        return room.isHalfFree(findings.openRows() + touched.size());
    }

    /** How many versions that disagreed were not remembered since the last call, for want of room. */
    public long drainUnremembered() {
        long count = unremembered;
        unremembered = 0;
        return count;
    }

    /** All that is remembered counts as changed. */
    public void tellAll() {
        touched.keySet().forEach(findings::changed);
        findings.tellAll();
    }

    /**
     * Tells, in the order of keys, of the rows that changed since the last call.
     *
     * @param each takes a row's record; absent where nothing is to be remembered any more
     */
    public void drainChanged(BiConsumer<RowKey, Optional<RowRecord>> each) {
        for (RowKey key : findings.drainChanged()) {
            RowRecord row = findings.record(key, Optional.ofNullable(touched.get(key)));
            boolean empty = row.finding().isEmpty()
                    && row.pastEpisodes() == 0
                    && row.touched().isEmpty();
            each.accept(key, empty ? Optional.empty() : Optional.of(row));
        }
    }
}
