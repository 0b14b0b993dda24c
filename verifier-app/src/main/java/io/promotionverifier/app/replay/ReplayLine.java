package io.promotionverifier.app.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.app.cli.ReplayRequest.Bound;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Moment;
import io.promotionverifier.core.change.RowChange;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.gate.GateReport;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.replay.Replay;
import io.promotionverifier.core.replay.Rulebook;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.history.HistoryHoleException;
import io.promotionverifier.kafka.history.HistoryItem;
import io.promotionverifier.kafka.history.HistoryLog;
import io.promotionverifier.kafka.history.HistoryLog.Begin;
import io.promotionverifier.kafka.history.HistoryLog.Begins;
import io.promotionverifier.kafka.history.HistoryLog.Wanted;
import io.promotionverifier.kafka.history.PublishedEvents;
import io.promotionverifier.kafka.json.AbortJson;
import io.promotionverifier.kafka.publish.ToldEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The line as it runs over the history: what the core was told into a core again, what it says beside what was
 * published. Reads committed records and writes nothing. Belongs to the thread that walks it.
 */
public final class ReplayLine {
    private final KafkaConnection connection;
    private final ReplayScope scope;
    private final Optional<OtherPolicy> policy;
    private final Rulebook rulebook;
    private final HistoryLog log;
    private final Consumer<Progress> progress;
    private final RangeCounts counts = new RangeCounts();
    private final List<ObjectNode> aborts = new ArrayList<>();
    private final List<ObjectNode> ended = new ArrayList<>();
    private Optional<Replay> replay = Optional.empty();
    private Optional<Replay> row = Optional.empty();
    private Optional<Moment> first = Optional.empty();
    private Optional<Moment> last = Optional.empty();
    private Instant time = Instant.MIN;
    private Lsn reached = Lsn.ZERO;
    private boolean inside;
    private boolean past;
    private long open;
    private long folded;
    private long records;
    private long changes;

    /**
     * How far a replay has come.
     *
     * @param ratio from 0 to 1
     * @param records how many records were read
     * @param changes how many row changes in the range were judged
     * @param time stream time
     */
    public record Progress(double ratio, long records, long changes, Instant time) {}

    /** A replay by the policy of then, or by another. */
    public ReplayLine(
            KafkaConnection connection, ReplayScope scope, Optional<OtherPolicy> policy, Consumer<Progress> progress) {
        this.connection = connection;
        this.scope = scope;
        this.policy = policy;
        Rulebook rulebook = policy.map(OtherPolicy::rulebook).orElse(Rulebook.OF_THEN);
        this.rulebook = scope.promotion()
                .map(only -> rulebook.only(rules -> rules.promotion().id().equals(only)))
                .orElse(rulebook);
        this.log = new HistoryLog(connection);
        this.progress = progress;
        this.inside = scope.from().isEmpty();
    }

    /**
     * Walks the history.
     *
     * @throws HistoryHoleException if it does not hold what was asked for
     */
    public ReplayResult run() {
        long end = log.end();
        Begin begin = begin(end);
        try (Comparison comparison = new Comparison(scope, topic -> new PublishedEvents(connection, topic))) {
            log.read(begin, end, item -> {
                take(item, comparison);
                if (++records % 1_000 == 0) {
                    long done = item.place().offset() - begin.offset();
                    double ratio = (double) done / Math.max(1, end - begin.offset());
                    progress.accept(new Progress(ratio, records, changes, time));
                }
                return !past;
            });
            if (!past) {
                comparison.settle(open, inside);
            } else if (open == folded) {
                comparison.settlePart(open, inside);
            }
            return result(comparison);
        }
    }

    private Begin begin(long end) {
        Wanted wanted = scope.from()
                .<Wanted>map(from -> from instanceof Bound.Time at
                        ? new Wanted.Time(at.time())
                        : new Wanted.Position(((Bound.Position) from).lsn()))
                .orElseGet(Wanted.Beginning::new);
        Begins begins = log.find(wanted, end);
        return begins.best()
                .orElseThrow(() -> new HistoryHoleException(begins.first()
                        .map(known -> "The history in " + log.topic() + " does not reach back that far: what lies"
                                + " before was deleted (kafka.history.retention). The first checkpoint from which a"
                                + " replay can begin is at " + known.lsn()
                                + known.time().map(at -> ": say --from " + at).orElse(""))
                        .orElse("The history in " + log.topic()
                                + " holds nothing from which a replay can begin: history was not kept, or all of it"
                                + " was deleted")));
    }

    private void take(HistoryItem item, Comparison comparison) {
        if (past) {
            return;
        }
        if (item instanceof HistoryItem.Told told) {
            settleBefore(told.place().checkpoint(), comparison);
            tell(told.recorded(), comparison);
        } else if (item instanceof HistoryItem.Began began) {
            settleBefore(began.place().checkpoint(), comparison);
            begin(began, comparison);
        } else if (item instanceof HistoryItem.Whole whole) {
            begin(whole, comparison);
        }
    }

    private void settleBefore(long checkpoint, Comparison comparison) {
        if (checkpoint != open) {
            if (open != 0) {
                comparison.settle(open, inside);
            }
            open = checkpoint;
        }
    }

    private void begin(HistoryItem.Began began, Comparison comparison) {
        if (replay.isEmpty()) {
            comparison.begins(began.place().checkpoint());
        } else {
            counted().ifPresent(before -> ended.addAll(counts.upTo(before)));
            counts.beginAtZero();
        }
        replay = Optional.of(Replay.ofGeneration(began.generation(), began.start(), rulebook));
        row = rowbook().map(only -> Replay.ofGeneration(began.generation(), began.start(), only));
    }

    private void begin(HistoryItem.Whole whole, Comparison comparison) {
        if (replay.isPresent()) {
            replay.get().settle();
            row.ifPresent(Replay::settle);
            return;
        }
        comparison.begins(whole.place().checkpoint());
        replay = Optional.of(Replay.from(whole.rules(), whole.room(), whole.state(), whole.entries(), rulebook));
        row = rowbook().map(only -> Replay.from(whole.rules(), whole.room(), whole.state(), whole.entries(), only));
        counted().ifPresent(counts::beginAt);
    }

    /** The counts of one row are those of a replay that is told of nothing else. */
    private Optional<Rulebook> rowbook() {
        return scope.key().map(key -> rulebook.ofRow((RowKey found) -> scope.isRow(found)));
    }

    private Optional<Replay> counted() {
        return row.or(() -> replay);
    }

    private void tell(Effect.Recorded recorded, Comparison comparison) {
        moment(recorded).ifPresent(this::moveTo);
        if (past) {
            return;
        }
        folded = open;
        row.ifPresent(only -> only.step(recorded));
        for (Effect effect : replay.orElseThrow().step(recorded)) {
            ToldEvent.of(effect).ifPresent(comparison::said);
            if (inside && effect instanceof Effect.AbortRaised raised) {
                aborts.add(AbortJson.raised(raised.abort()));
            }
        }
        if (inside && recorded instanceof Effect.ChangeRecorded change && isOfScope(change)) {
            changes++;
        }
    }

    private boolean isOfScope(Effect.ChangeRecorded change) {
        RowChange row = change.change();
        if (scope.isOfAll()) {
            return true;
        }
        boolean wanted =
                change.sides().isEmpty() || change.sides().keySet().stream().anyMatch(id -> scope.isOf(id.value()));
        return wanted
                && (scope.key().isEmpty() || row.event().key().map(scope::isRow).orElse(true));
    }

    private static Optional<Moment> moment(Effect.Recorded recorded) {
        if (recorded instanceof Effect.ChangeRecorded change) {
            return Optional.of(change.change().position().moment());
        }
        return recorded instanceof Effect.TimeRecorded passed ? Optional.of(passed.moment()) : Optional.empty();
    }

    private void moveTo(Moment moment) {
        time = moment.time().isAfter(time) ? moment.time() : time;
        reached = reached.max(moment.lsn());
        past = scope.to().filter(this::isBehind).isPresent();
        if (past) {
            return;
        }
        if (!inside && scope.from().filter(this::isReached).isPresent()) {
            inside = true;
            counted().ifPresent(counts::beginAt);
        }
        if (inside) {
            first = first.or(() -> Optional.of(moment));
            last = Optional.of(moment);
        }
    }

    private boolean isReached(Bound bound) {
        return bound instanceof Bound.Time at
                ? !time.isBefore(at.time())
                : reached.compareTo(((Bound.Position) bound).lsn()) >= 0;
    }

    private boolean isBehind(Bound bound) {
        return bound instanceof Bound.Time at
                ? time.isAfter(at.time())
                : reached.compareTo(((Bound.Position) bound).lsn()) > 0;
    }

    private ReplayResult result(Comparison comparison) {
        List<ObjectNode> promotions = new ArrayList<>(ended);
        counted().filter(only -> inside).ifPresent(now -> promotions.addAll(counts.upTo(now)));
        List<GateReport> gates = scope.key().isPresent()
                ? List.of()
                : policy.map(other -> other.gates(replay.map(Replay::statuses).orElse(List.of())))
                        .orElse(List.of());
        return new ReplayResult(
                first,
                last,
                changes,
                promotions,
                aborts,
                gates,
                comparison.compared(),
                comparison.notCompared(),
                comparison.differences());
    }
}
