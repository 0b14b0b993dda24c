package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.census.CensusAgenda;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Moment;
import io.promotionverifier.core.change.Position;
import io.promotionverifier.core.change.RowChange;
import io.promotionverifier.core.compare.Comparator;
import io.promotionverifier.core.compare.ValueSeal;
import io.promotionverifier.core.judge.ReportReading;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.settle.Room;
import io.promotionverifier.core.stream.Arrival;
import io.promotionverifier.core.stream.ResumePoint;
import io.promotionverifier.core.stream.TransactionTracker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The verifier without the world: inputs in, effects out, the same for the same inputs. Live, replay and scale-out walk
 * this one line. Confined to the thread that walks it; not safe for use by others.
 */
public final class VerifierCore {
    private static final long CUT_SECONDS = 10;

    private final long generation;
    private TransactionTracker tracker;
    private final PromotionLines lines;
    private final Coverage coverage;
    private Optional<Instant> streamTime;
    private Optional<String> silence;
    private long commandsRead;
    private final Room room;
    private final CensusDesk census;

    /**
     * A core that goes on where a checkpoint ended.
     *
     * @param promotions in the order of the configuration
     * @param seals what the values of a promotion become before they leave the core
     * @param state the checkpoint's head
     * @param entries its rows and tallies; those of other promotions are ignored, those of a promotion that the head
     *     does not know are forgotten with the next checkpoint
     * @param confirmed the slot's confirmed position, from which the stream will come
     */
    public VerifierCore(
            List<Promotion> promotions,
            Function<PromotionId, ValueSeal> seals,
            CoreState state,
            Collection<StateEntry> entries,
            Lsn confirmed) {
        this(promotions, seals, state, entries, confirmed, Room.Size.LARGEST);
    }

    /** @param room for rows that disagree */
    public VerifierCore(
            List<Promotion> promotions,
            Function<PromotionId, ValueSeal> seals,
            CoreState state,
            Collection<StateEntry> entries,
            Lsn confirmed,
            Room.Size room) {
        this(judges(promotions, seals), state, entries, new TransactionTracker(state.resume(), confirmed), room);
        lines.all().forEach(line -> line.census().continued(line.unexamined(coverage)));
    }

    private VerifierCore(
            List<Comparator> judges,
            CoreState state,
            Collection<StateEntry> entries,
            TransactionTracker tracker,
            Room.Size size) {
        this.tracker = tracker;
        room = new Room(size);
        generation = state.generation();
        coverage = new Coverage(state.gaps(), state.proven());
        streamTime = state.streamTime();
        silence = state.silence();
        commandsRead = state.commandsRead();
        lines = new PromotionLines(judges, state, entries, room);
        census = new CensusDesk(generation, lines.byTable(), state.census());
    }

    private static List<Comparator> judges(List<Promotion> promotions, Function<PromotionId, ValueSeal> seals) {
        return promotions.stream()
                .map(promotion -> new Comparator(promotion, seals.apply(promotion.id())))
                .toList();
    }

    /**
     * A core that goes on inside a life, where a checkpoint was written of it while no census ran: for replay.
     *
     * @param rules of each promotion, in the order of the configuration of then
     * @param room for rows that disagree, as it was then
     */
    public static VerifierCore within(
            List<Rules> rules, Room.Size room, CoreState state, Collection<StateEntry> entries) {
        List<Comparator> judges = rules.stream().map(Rules::judge).toList();
        TransactionTracker tracker =
                new TransactionTracker(state.resume(), state.resume().watermark());
        VerifierCore core = new VerifierCore(judges, state, entries, tracker, room);
        core.census.isTold();
        return core;
    }

    /** A core whose life begins where another's ended, as a verifier that was restarted: for replay. */
    public static VerifierCore after(
            List<Rules> rules, Room.Size room, CoreState state, Collection<StateEntry> entries) {
        VerifierCore core = within(rules, room, state, entries);
        core.lines.all().forEach(line -> line.census().continued(line.unexamined(core.coverage)));
        return core;
    }

    /**
     * Takes one input and says what follows from it.
     *
     * @throws io.promotionverifier.core.stream.RedeliveryException if the source does not deliver again what it must;
     *     retrying does not help
     */
    public List<Effect> step(Input input) {
        List<Effect> effects = new ArrayList<>();
        if (input instanceof Input.Arrived arrived) {
            arrived(arrived.arrival(), effects::add);
        } else if (input instanceof Input.Ordered ordered) {
            ordered(ordered, effects::add);
        } else if (input instanceof Input.Silence lost) {
            silent(lost, effects::add);
        } else if (input instanceof Input.GapFound found) {
            gapFound(found, effects::add);
        } else if (input instanceof Input.LatencyMeasured measured) {
            measured(measured, effects::add);
        } else if (input instanceof Input.ReportRead read) {
            read(read, effects::add);
        } else if (input instanceof Input.Counted counted) {
            counted(counted, effects::add);
        } else if (input instanceof Input.Inspected inspected) {
            inspected(inspected.inspection(), effects::add);
        } else if (input instanceof Input.StreamBegins begins) {
            streamBegins(begins, effects::add);
        } else if (input instanceof Input.RunBegins begins) {
            runBegins(begins, effects::add);
        } else if (input instanceof Input.CensusBegun begun) {
            census.begin(begun, coverage, tracker.watermark(), now(), effects::add);
        } else if (input instanceof Input.CensusRead read) {
            census.read(read.chunk(), tracker.watermark(), streamTime, effects::add);
        }
        return effects;
    }

    /**
     * Takes what was told before, as the history holds it, and says again what follows from it. What the history holds
     * of a run's begin is not told to a core: see {@link #after}.
     */
    public void replay(Effect.Recorded recorded, Consumer<Effect> effects) {
        if (recorded instanceof Effect.ChangeRecorded change) {
            fold(change, effects);
        } else if (recorded instanceof Effect.TimeRecorded time) {
            tracker.standAt(time.moment().lsn());
            timePassed(time.moment(), effects);
        } else if (recorded instanceof Effect.CoverageChanged changed) {
            coverage.recorded(changed.opened(), changed.ended());
            if (changed.jumped()) {
                lines.all().forEach(PromotionLine::abandon);
            }
            tell(changed.at(), new Coverage.Change(changed.opened(), changed.ended()), changed.jumped(), effects);
        } else if (recorded instanceof Effect.CensusRecorded chunk) {
            census.judge(chunk, effects);
        } else if (recorded instanceof Effect.InputRecorded input) {
            tracker.standAt(input.watermark());
            step(input.input()).forEach(effects);
        }
    }

    private void runBegins(Input.RunBegins begins, Consumer<Effect> effects) {
        List<Rules> rules = lines.all().stream().map(PromotionLine::rules).toList();
        String eventId = generation + ":run:" + begins.number();
        effects.accept(new Effect.RunRecorded(eventId, generation, begins.version(), rules, room.size(), now()));
    }

    private void silent(Input.Silence lost, Consumer<Effect> effects) {
        if (silence.isEmpty()) {
            silence = Optional.of(lost.reason());
            effects.accept(recorded("silence:" + place(), lost, now()));
        }
    }

    private Effect.InputRecorded recorded(String name, Input input, Instant time) {
        return new Effect.InputRecorded(generation + ":" + name, input, tracker.watermark(), time);
    }

    private void gapFound(Input.GapFound found, Consumer<Effect> effects) {
        CoverageGap gap = found.gap();
        if (coverage.add(gap)) {
            census.gapFound();
            effects.accept(recorded(
                    "gap:" + gap.from() + ":" + gap.to().map(Lsn::toString).orElse(""), found, now()));
        }
    }

    private void measured(Input.LatencyMeasured input, Consumer<Effect> effects) {
        String name = "latency:" + input.promotion() + ":" + input.latency().measure() + ":" + input.at();
        Moment at = new Moment(tracker.watermark(), OptionalLong.empty(), input.at());
        lines.find(input.promotion()).ifPresent(line -> line.told(input.latency(), name, at, effects));
        effects.accept(recorded(name, input, input.at()));
    }

    private void read(Input.ReportRead input, Consumer<Effect> effects) {
        ReportReading reading = input.reading();
        lines.find(input.promotion()).ifPresent(line -> line.read(reading, tracker.watermark(), effects));
        effects.accept(recorded("report:" + reading.report() + ":" + reading.read(), input, reading.read()));
    }

    private void counted(Input.Counted input, Consumer<Effect> effects) {
        lines.of(input.table()).forEach(line -> line.counted(input.count(), tracker.watermark(), now(), effects));
        Instant at = input.count().at();
        effects.accept(recorded("counted:" + input.table() + ":" + at, input, at));
    }

    private void inspected(Inspection inspection, Consumer<Effect> effects) {
        Coverage.Change change = coverage.inspected(inspection, tracker.watermark());
        if (!change.isNothing()) {
            tell(inspection.at(), change, false, effects);
        }
    }

    private void streamBegins(Input.StreamBegins begins, Consumer<Effect> effects) {
        Lsn start = begins.start();
        Lsn watermark = tracker.watermark();
        census.streamBegins();
        if (begins.loss().isEmpty() && start.compareTo(watermark) <= 0) {
            tracker = new TransactionTracker(tracker.resumePoint(), start);
            return;
        }
        String reason = begins.loss().orElse("the slot was made anew, or advanced by someone else");
        CoverageGap gap = coverage.jumped(watermark, start, reason, lines.ids());
        tracker = new TransactionTracker(ResumePoint.startingAt(start), start);
        lines.all().forEach(PromotionLine::abandon);
        tell(start, new Coverage.Change(List.of(gap), List.of()), true, effects);
    }

    private void tell(Lsn at, Coverage.Change change, boolean jumped, Consumer<Effect> effects) {
        String eventId = generation + ":coverage:" + coverage.changes();
        if (!change.opened().isEmpty()) {
            census.gapFound();
        }
        effects.accept(new Effect.CoverageChanged(eventId, at, change.opened(), change.ended(), jumped, now()));
    }

    /** Where the fold stands: no two moments between which something was folded have the same. */
    private String place() {
        ResumePoint point = tracker.resumePoint();
        return point.watermark() + ":"
                + point.last().map(ResumePoint.Closed::transaction).orElse(0L) + ":"
                + point.partial().map(ResumePoint.Partial::rows).orElse(0L);
    }

    /** The stream begins again at the slot's confirmed position: what was folded is recognised and skipped. */
    public List<Effect> streamFrom(Lsn confirmed) {
        return step(new Input.StreamBegins(confirmed, Optional.empty()));
    }

    private void arrived(Arrival arrival, Consumer<Effect> effects) {
        boolean passedBefore = arrival instanceof Arrival.Heartbeat heartbeat
                && heartbeat.lsn().compareTo(tracker.watermark()) <= 0;
        tracker.arrive(arrival, change -> fold(change, effects));
        if (arrival instanceof Arrival.Heartbeat heartbeat && !passedBefore) {
            timePassed(new Moment(heartbeat.lsn(), OptionalLong.empty(), heartbeat.time()), effects);
        }
        census.passed(tracker.watermark(), streamTime, effects);
    }

    private void timePassed(Moment moment, Consumer<Effect> effects) {
        passTime(moment, effects);
        effects.accept(new Effect.TimeRecorded(id("time", moment.lsn()), moment));
    }

    private void fold(RowChange change, Consumer<Effect> effects) {
        fold(new Effect.ChangeRecorded(changeId(change.position()), change, lines.sides(change, coverage)), effects);
    }

    private void fold(Effect.ChangeRecorded recorded, Consumer<Effect> effects) {
        Instant now = passTime(recorded.change().position().moment(), effects);
        census.shown(recorded.change());
        lines.walk(recorded, now, effects);
    }

    private String changeId(Position position) {
        return id("change", position.lsn()) + ":" + position.transaction() + ":" + position.order();
    }

    /** A moment of the stream has come: sight is back; returns stream time, which only a later moment moves on. */
    private Instant passTime(Moment moment, Consumer<Effect> effects) {
        boolean silent = silence.isPresent();
        silence = Optional.empty();
        Optional<Instant> before = streamTime;
        if (before.isPresent() && !moment.time().isAfter(before.get())) {
            return before.get();
        }
        Instant boundary =
                Instant.ofEpochSecond(Math.floorDiv(moment.time().getEpochSecond(), CUT_SECONDS) * CUT_SECONDS);
        if (before.isPresent() && before.get().isBefore(boundary)) {
            lines.all().forEach(line -> line.cut(boundary, () -> status(line), effects));
        }
        streamTime = Optional.of(moment.time());
        for (PromotionLine line : lines.all()) {
            boolean sighted = !silent && line.blinding(coverage).isEmpty();
            line.timePassed(before, moment, sighted, effects);
        }
        return moment.time();
    }

    private void ordered(Input.Ordered input, Consumer<Effect> effects) {
        Command command = input.command();
        if (command.number() < commandsRead) {
            return;
        }
        commandsRead = command.number() + 1;
        Optional<PromotionLine> meant = lines.find(command.promotion());
        meant.ifPresent(line -> line.ordered(command, tracker.watermark(), effects));
        census.ordered(command, meant.map(line -> line.promotion().table()));
        effects.accept(recorded("command:" + command.number(), input, command.sent()));
    }

    private Instant now() {
        return streamTime.orElse(Instant.EPOCH);
    }

    private String id(String what, Lsn lsn) {
        return generation + ":" + what + ":" + lsn;
    }

    /**
     * True if a row lacks a value, unchanged and stored out of line, that a promotion compares, or left the suspects by
     * a way that is not told: the caller looks at the row and fills in what is proven to be of this version before the
     * row steps in; see {@code Rereads}.
     */
    public boolean asksForRow(Arrival.Row row) {
        return lines.asksForRow(row);
    }

    /**
     * The promotions of a row, by their place in its readings, whose outcome depends on whether the referenced parent
     * still exists: the caller looks that up and puts the answer into the reading before the row steps in.
     */
    public List<Integer> asksForParent(Arrival.Row row) {
        return lines.asksForParent(row);
    }

    /** Everything committed below it has been folded. */
    public Lsn watermark() {
        return tracker.watermark();
    }

    /** The promotions as they stand, in the order of the configuration. */
    public List<PromotionStatus> statuses() {
        return lines.all().stream().map(this::status).toList();
    }

    private PromotionStatus status(PromotionLine line) {
        return line.status(
                tracker.watermark(),
                streamTime,
                silence,
                coverage,
                census.progress(line.promotion().table()));
    }

    /** What is to be done for the census now. */
    public CensusAgenda census() {
        return census.agenda(coverage);
    }

    /** All that must become durable now; the rows and tallies told here are not told again until they change. */
    public Checkpoint checkpoint() {
        return checkpoint(false);
    }

    /** The same with all rows and tallies, also those that did not change: enough to begin with. */
    public Checkpoint wholeCheckpoint() {
        lines.all().forEach(PromotionLine::tellAll);
        return checkpoint(true);
    }

    private Checkpoint checkpoint(boolean whole) {
        List<PromotionStatus> statuses = statuses(); // first: to look at a rate is to forget what has left its window
        List<StateEntry> changed = lines.drainChanged();
        CoreState state = new CoreState(
                generation,
                tracker.resumePoint(),
                streamTime,
                lines.states(),
                coverage.gaps(),
                silence,
                commandsRead,
                coverage.proven(),
                census.state());
        return new Checkpoint(state, changed, statuses, whole);
    }
}
