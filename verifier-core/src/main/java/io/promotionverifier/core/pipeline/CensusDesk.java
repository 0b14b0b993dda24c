package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.census.CensusAgenda;
import io.promotionverifier.core.census.CensusChunk;
import io.promotionverifier.core.census.CensusProgress;
import io.promotionverifier.core.census.CensusResult;
import io.promotionverifier.core.census.CensusRow;
import io.promotionverifier.core.census.CensusState;
import io.promotionverifier.core.census.RowsInFlight;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Moment;
import io.promotionverifier.core.change.RowChange;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.compare.Sides;
import io.promotionverifier.core.promotion.PromotionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Where chunks of a census wait until the stream has passed them, and are then judged. One census runs at a time, of
 * one table, for all its promotions. Confined to the thread that walks the line.
 */
final class CensusDesk {
    private final long generation;
    private final Map<TableName, List<PromotionLine>> lines;
    private final RowsInFlight inFlight;
    private final List<TableName> requested;
    private long begun;
    private Optional<CensusProgress> running;
    private boolean paused;
    private Optional<CensusChunk> held = Optional.empty();
    private long attempt;
    private boolean told;

    CensusDesk(long generation, Map<TableName, List<PromotionLine>> lines, CensusState from) {
        this.generation = generation;
        this.lines = lines;
        inFlight = new RowsInFlight(from.newest());
        begun = from.begun();
        running = from.running().filter(progress -> progress.promotions().equals(promotions(progress.table())));
        paused = from.paused();
        requested = new ArrayList<>(from.requested());
        requested.retainAll(lines.keySet());
        // Counts of a part of the table are worth nothing for a promotion that was not there from the begin.
        from.running()
                .filter(progress -> running.isEmpty() && lines.containsKey(progress.table()))
                .ifPresent(progress -> request(progress.table()));
    }

    private List<PromotionLine> lines(TableName table) {
        return lines.getOrDefault(table, List.of());
    }

    private List<PromotionId> promotions(TableName table) {
        return lines(table).stream().map(line -> line.promotion().id()).toList();
    }

    CensusState state() {
        return new CensusState(begun, running, requested, paused, inFlight.newest());
    }

    /** What is to be done for the census. */
    CensusAgenda agenda(Coverage coverage) {
        List<TableName> due = new ArrayList<>(requested);
        Map<TableName, Instant> finished = new LinkedHashMap<>();
        lines.forEach((table, promoted) -> {
            if (!due.contains(table)
                    && promoted.stream().anyMatch(line -> line.census().isDue(line.unexamined(coverage)))) {
                due.add(table);
            }
            promoted.stream()
                    .flatMap(line -> line.census().latest().stream())
                    .map(CensusResult::finished)
                    .min(Instant::compareTo)
                    .ifPresent(oldest -> finished.put(table, oldest));
        });
        return new CensusAgenda(paused ? Optional.empty() : task(), running, paused, due, finished);
    }

    private Optional<CensusAgenda.Task> task() {
        return running.filter(progress -> held.isEmpty())
                .map(progress -> new CensusAgenda.Task(place(progress), progress.after(), attempt));
    }

    private static CensusChunk.Place place(CensusProgress progress) {
        return new CensusChunk.Place(progress.table(), progress.number(), progress.chunks());
    }

    /** How far the census of a table has come. */
    OptionalDouble progress(TableName table) {
        return running.filter(progress -> progress.table().equals(table))
                .map(progress -> OptionalDouble.of(progress.ratio()))
                .orElse(OptionalDouble.empty());
    }

    /** An operator's order. */
    void ordered(Command command, Optional<TableName> table) {
        switch (command.kind()) {
            case SCAN -> table.ifPresent(this::request);
            case PAUSE -> {
                paused = true;
                held = Optional.empty();
            }
            case RESUME -> {
                if (paused) {
                    paused = false;
                    inFlight.watchAnew();
                }
            }
            case RAISE, CLEAR, WRITE_LATENCY, GATE_OVERRIDE -> {}
        }
    }

    private void request(TableName table) {
        if (!requested.contains(table)) {
            requested.add(table);
        }
    }

    /** The stream showed a row change: what a chunk says of the row counts only if it saw the transaction. */
    void shown(RowChange change) {
        long transaction = change.position().transaction();
        inFlight.shown(transaction);
        TableName table = change.event().table();
        if (running.isEmpty() || !running.get().table().equals(table)) {
            return;
        }
        Optional<RowKey> key = change.event().key();
        if (!paused && !told) {
            inFlight.changed(transaction, table, key);
            change.event().oldKey().ifPresent(old -> inFlight.changed(transaction, table, Optional.of(old)));
        }
        for (PromotionLine line : lines(table)) {
            key.ifPresentOrElse(line.census()::touched, () -> line.census().emptied());
            change.event().oldKey().ifPresent(line.census()::touched);
        }
    }

    /** A stream begins, maybe of another server than the last. */
    void streamBegins() {
        inFlight.forgetSnapshot();
    }

    /** Chunks will be told as they were judged: nobody will ask what changed behind their snapshots. */
    void isTold() {
        told = true;
    }

    /** Continuity was lost: a chunk that waits may not be judged by the stream that follows. */
    void gapFound() {
        held = Optional.empty();
        attempt++;
        inFlight.watchAnew();
        lines.values()
                .forEach(promoted -> promoted.forEach(line -> line.census().gapFound()));
    }

    /** A census begins, unless one of another table runs; one of this table is left unfinished. */
    void begin(Input.CensusBegun input, Coverage coverage, Lsn watermark, Instant now, Consumer<Effect> effects) {
        List<PromotionLine> counted = lines(input.table());
        boolean another = running.filter(progress -> !progress.table().equals(input.table()))
                .isPresent();
        if (another || counted.isEmpty()) {
            return;
        }
        held = Optional.empty();
        begun++;
        requested.remove(input.table());
        inFlight.watchAnew();
        inFlight.forgetSeenBy(input.view().snapshot());
        counted.forEach(line -> line.census().begin(input.view().snapshot().xmax(), line.unexamined(coverage)));
        running = Optional.of(new CensusProgress(
                begun,
                input.table(),
                promotions(input.table()),
                input.view().lsn(),
                input.estimate(),
                0,
                List.of(),
                0));
        effects.accept(new Effect.InputRecorded(id() + ":begun", input, watermark, now));
    }

    private String id() {
        return generation + ":census:" + begun;
    }

    /** A chunk was read; one that is not the next is from another life and falls. */
    void read(CensusChunk chunk, Lsn watermark, Optional<Instant> now, Consumer<Effect> effects) {
        boolean next = running.filter(progress -> place(progress).equals(chunk.place()))
                .isPresent();
        if (next && held.isEmpty() && !paused) {
            held = Optional.of(chunk);
            inFlight.forgetSeenBy(chunk.view().orElseThrow().snapshot());
            passed(watermark, now, effects);
        }
    }

    /** The stream has come to a watermark: judges the chunk that waited for it. */
    void passed(Lsn watermark, Optional<Instant> now, Consumer<Effect> effects) {
        if (held.isEmpty() || now.isEmpty()) {
            return;
        }
        CensusChunk chunk = held.get();
        CensusChunk.View view = chunk.view().orElseThrow();
        if (watermark.compareTo(view.lsn()) < 0) {
            return;
        }
        held = Optional.empty();
        TableName table = chunk.place().table();
        RowsInFlight.Behind behind = inFlight.behind(view.snapshot());
        if (!inFlight.covers(view.snapshot()) || behind.isEmptied(table)) {
            attempt++;
            return;
        }
        List<CensusRow> kept = chunk.suspects().stream()
                .filter(row -> !behind.isChanged(table, row.key()))
                .toList();
        List<PromotionLine> counted = lines(table);
        judge(
                new Effect.CensusRecorded(
                        id() + ":" + chunk.place().chunk(),
                        chunk.judged(kept),
                        promotions(table),
                        kept.stream().map(row -> sides(counted, row)).toList(),
                        new Moment(view.lsn(), OptionalLong.empty(), now.get())),
                effects);
    }

    private static Map<PromotionId, Sides> sides(List<PromotionLine> counted, CensusRow row) {
        Map<PromotionId, Sides> sides = new LinkedHashMap<>();
        for (int i = 0; i < counted.size(); i++) {
            PromotionLine line = counted.get(i);
            sides.put(line.promotion().id(), line.sides(row.readings().get(i)));
        }
        return sides;
    }

    /** Judges a chunk with the sides of its suspects: what was decided of it live is decided again in a replay. */
    void judge(Effect.CensusRecorded recorded, Consumer<Effect> effects) {
        CensusChunk chunk = recorded.chunk();
        if (running.isEmpty()) {
            return; // of a table that is not replayed
        }
        CensusProgress progress = running.get().and(chunk);
        List<PromotionLine> counted = lines(chunk.place().table());
        for (PromotionLine line : counted) {
            int place = recorded.promotions().indexOf(line.promotion().id());
            line.census().count(chunk.counts().get(place));
        }
        String place = "census:" + chunk.place().census() + ":" + chunk.place().chunk();
        for (int i = 0; i < chunk.suspects().size(); i++) {
            for (PromotionLine line : counted) {
                Sides sides = Objects.requireNonNull(
                        recorded.sides().get(i).get(line.promotion().id()));
                line.census().judge(place + ":" + i, chunk.suspects().get(i), sides, recorded.at(), effects);
            }
        }
        running = Optional.of(progress);
        effects.accept(recorded);
        if (chunk.end().last()) {
            end(progress, counted, recorded.at(), effects);
        }
    }

    private void end(CensusProgress progress, List<PromotionLine> counted, Moment at, Consumer<Effect> effects) {
        running = Optional.empty();
        inFlight.watchAnew();
        for (PromotionLine line : counted) {
            CensusResult result = line.census().end(progress, at, effects);
            PromotionId promotion = line.promotion().id();
            effects.accept(new Effect.CensusEnded(promotion + ":" + id() + ":ended", promotion, result));
        }
    }
}
