package io.promotionverifier.sandbox.workload;

import io.promotionverifier.sandbox.sample.SamplePromotion;
import io.promotionverifier.sandbox.sample.SampleTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * One worker's plan: the same seed, rows, keys and fault rate give the same transactions. Confined to the worker.
 *
 * <p>The plan runs ahead of the database by one transaction at most and in its own time, so a slow server changes when
 * a transaction runs, never which.
 */
final class Planner {
    private static final double SHORTEST_GAP_MILLIS = 5;
    private static final double LONGEST_GAP_MILLIS = 500;
    private static final int FEW_ROWS = 20;
    private static final int FEW_PARENTS = 10;

    private final Model model;
    private final SplittableRandom random;
    private final long intervalNanos;
    private final Values values;
    private final NewRows newRows;
    private final Mix mix;
    private final FaultPlanner faults;
    private final PriorityQueue<Second> open = new PriorityQueue<>(Comparator.comparingLong(Second::dueNanos));
    private long offsetNanos;
    private long splits;

    Planner(Model model, SplittableRandom random, IdSource ids, long intervalNanos) {
        this.model = model;
        this.random = random;
        this.intervalNanos = intervalNanos;
        this.values = new Values(random);
        this.newRows = new NewRows(model, values, random, ids);
        this.mix = new Mix(random);
        this.faults = new FaultPlanner(model, random, values, newRows);
    }

    /** The second half of an open split. */
    private record Second(long dueNanos, Row row, PlannedTransaction transaction) {}

    /** A row, a promotion, and what both sides shall hold. */
    private record Write(Row row, SamplePromotion promotion, Optional<Value> value, Optional<String> json) {
        Changes.Assignment column() {
            return Changes.column(promotion, value);
        }

        Changes.Assignment document() {
            return Changes.document(promotion, json);
        }
    }

    /**
     * The next transaction: a new write, or a second half whose time has come. A second half may run earlier, at any
     * time after its first: its row is nobody else's until it comes up here.
     */
    PlannedTransaction next(double faultRate) {
        Second second = open.peek();
        if (second != null && second.dueNanos() <= offsetNanos) {
            model.release(open.remove().row());
            return second.transaction();
        }
        boolean faulty = random.nextDouble() < faultRate;
        PlannedTransaction planned = (faulty ? faults.plan() : plan(mix.shape())).orElseGet(this::insert);
        PlannedTransaction timed = planned.at(offsetNanos);
        // Uneven, so that the connections do not write in step.
        offsetNanos += (long) (intervalNanos * (0.5 + random.nextDouble()));
        return timed;
    }

    private Optional<PlannedTransaction> plan(WriteShape shape) {
        return switch (shape) {
            case ONE_STATEMENT -> draw().map(write -> committing(shape, write, List.of(both(write))));
            case TWO_STATEMENTS -> draw().map(write -> committing(shape, write, oneByOne(write)));
            case SPLIT -> random.nextInt(5) == 0 ? Optional.of(splitInsert()) : draw().map(this::split);
            case INSERT, FAULT -> Optional.of(insert());
            case DELETE -> delete();
            case MANY_ROWS -> manyRows();
            case ROLLBACK -> draw().map(this::rollback);
            case SAVEPOINT -> draw().map(write -> committing(shape, write, savepoint(write)));
            case PARENT_INSERT -> Optional.of(insertParent());
            case PARENT_DELETE -> deleteParent();
            case UNRELATED -> touch();
        };
    }

    private Optional<Write> draw() {
        SamplePromotion promotion = mix.promotion();
        return model.take(promotion.table(), random).flatMap(row -> {
            Optional<Write> write = draw(row, promotion);
            if (write.isEmpty()) {
                model.release(row);
            }
            return write;
        });
    }

    private Optional<Write> draw(Row row, SamplePromotion promotion) {
        Cell cell = row.cell(promotion);
        if (!cell.equals(Cell.EMPTY) && random.nextInt(15) == 0) {
            Optional<String> json = random.nextInt(4) == 0 ? Optional.of("null") : Optional.empty();
            return Optional.of(new Write(row, promotion, Optional.empty(), json));
        }
        return values.other(promotion, cell, model.parents())
                .map(value -> new Write(row, promotion, Optional.of(value), Optional.of(value.document())));
    }

    private PlannedTransaction committing(WriteShape shape, Write write, List<Change> changes) {
        model.put(write.row(), write.promotion(), Cell.both(write.value()));
        model.release(write.row());
        return PlannedTransaction.committing(shape, changes);
    }

    private static Change both(Write write) {
        return Changes.update(List.of(write.row()), write.column(), write.document());
    }

    private List<Change> oneByOne(Write write) {
        Change column = Changes.update(List.of(write.row()), write.column());
        Change document = Changes.update(List.of(write.row()), write.document());
        return random.nextBoolean() ? List.of(column, document) : List.of(document, column);
    }

    private List<Change> savepoint(Write write) {
        return List.of(
                Change.control("SAVEPOINT attempt"),
                oneByOne(write).get(0),
                Change.control("ROLLBACK TO SAVEPOINT attempt"),
                both(write));
    }

    private PlannedTransaction rollback(Write write) {
        model.release(write.row());
        List<Change> changes = List.of(oneByOne(write).get(0));
        return new PlannedTransaction(0, WriteShape.ROLLBACK, changes, false, Optional.empty(), Optional.empty());
    }

    private PlannedTransaction split(Write write) {
        List<Change> halves = oneByOne(write);
        model.put(write.row(), write.promotion(), Cell.both(write.value()));
        return open(write.row(), halves.get(0), halves.get(1));
    }

    private PlannedTransaction splitInsert() {
        NewRow made = newRows.create(mix.table());
        List<SamplePromotion> choices = SamplePromotion.of(made.row().table());
        SamplePromotion promotion = choices.get(random.nextInt(choices.size()));
        Optional<Value> value = values.draw(promotion, model.parents());
        made.setColumn(promotion, Optional.empty());
        made.setDocument(promotion, value.map(Value::document));
        model.put(made.row(), promotion, Cell.both(value));
        return open(
                made.row(),
                Changes.insert(List.of(made)),
                Changes.update(List.of(made.row()), Changes.column(promotion, value)));
    }

    private PlannedTransaction open(Row row, Change first, Change second) {
        long gapNanos = gapNanos();
        long number = splits++;
        PlannedTransaction later = PlannedTransaction.committing(WriteShape.SPLIT, List.of(second))
                .at(offsetNanos + gapNanos)
                .with(new PlannedTransaction.Split(number, gapNanos, Optional.empty()));
        open.add(new Second(offsetNanos + gapNanos, row, later));
        return PlannedTransaction.committing(WriteShape.SPLIT, List.of(first))
                .with(new PlannedTransaction.Split(number, gapNanos, Optional.of(later)));
    }

    /** Most gaps are short: their logarithm is even. */
    private long gapNanos() {
        double millis = SHORTEST_GAP_MILLIS * Math.pow(LONGEST_GAP_MILLIS / SHORTEST_GAP_MILLIS, random.nextDouble());
        return (long) (millis * TimeUnit.MILLISECONDS.toNanos(1));
    }

    private PlannedTransaction insert() {
        SampleTable table = mix.table();
        List<NewRow> rows = new ArrayList<>();
        int count = several();
        for (int i = 0; i < count; i++) {
            NewRow made = newRows.create(table);
            model.release(made.row());
            rows.add(made);
        }
        return PlannedTransaction.committing(WriteShape.INSERT, List.of(Changes.insert(rows)));
    }

    private int several() {
        return random.nextInt(4) == 0 ? random.nextInt(2, 6) : 1;
    }

    private Optional<PlannedTransaction> delete() {
        List<Row> rows = take(mix.table(), several());
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        rows.forEach(model::forget);
        return Optional.of(PlannedTransaction.committing(WriteShape.DELETE, List.of(Changes.delete(rows))));
    }

    private Optional<PlannedTransaction> manyRows() {
        SamplePromotion promotion = mix.promotion();
        Optional<Value> value = values.draw(promotion, model.parents());
        List<Row> rows = take(promotion.table(), random.nextInt(2, 21));
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        rows.forEach(row -> model.put(row, promotion, Cell.both(value)));
        rows.forEach(model::release);
        Change change = Changes.update(
                rows, Changes.column(promotion, value), Changes.document(promotion, value.map(Value::document)));
        return Optional.of(PlannedTransaction.committing(WriteShape.MANY_ROWS, List.of(change)));
    }

    private List<Row> take(SampleTable table, int count) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count && model.freeRows(table) > FEW_ROWS; i++) {
            model.take(table, random).ifPresent(rows::add);
        }
        return rows;
    }

    private PlannedTransaction insertParent() {
        String id = values.uuid();
        model.parents().add(id);
        return PlannedTransaction.committing(
                WriteShape.PARENT_INSERT, List.of(Changes.insertParent(id, newRows.label())));
    }

    private Optional<PlannedTransaction> deleteParent() {
        if (model.parents().size() <= FEW_PARENTS) {
            return Optional.empty();
        }
        return model.takeParent(random).map(parent -> {
            Change change = Changes.deleteParent(parent, model.clearChildren(parent));
            return PlannedTransaction.committing(WriteShape.PARENT_DELETE, List.of(change));
        });
    }

    private Optional<PlannedTransaction> touch() {
        return model.take(mix.table(), random).map(row -> {
            model.release(row);
            return PlannedTransaction.committing(WriteShape.UNRELATED, List.of(Changes.touch(row, newRows.label())));
        });
    }
}
