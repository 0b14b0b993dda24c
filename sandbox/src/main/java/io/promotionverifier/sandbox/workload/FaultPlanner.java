package io.promotionverifier.sandbox.workload;

import io.promotionverifier.core.compare.MismatchKind;
import io.promotionverifier.sandbox.sample.InconsistentRow;
import io.promotionverifier.sandbox.sample.SamplePromotion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** The plan of a faulty writer: each kind of fault in turn, on rows that then stay taken. Confined to its worker. */
final class FaultPlanner {
    private static final FaultKind[] FAULTS = FaultKind.values();
    private static final int TRIES = 50;

    private final Model model;
    private final SplittableRandom random;
    private final Values values;
    private final NewRows newRows;
    private final Mix mix;
    private int turn;

    FaultPlanner(Model model, SplittableRandom random, Values values, NewRows newRows) {
        this.model = model;
        this.random = random;
        this.values = values;
        this.newRows = newRows;
        this.mix = new Mix(random);
        this.turn = random.nextInt(FAULTS.length);
    }

    /**
     * What a fault writes, and what the row then holds.
     *
     * @param column what it writes to the column (empty: NULL); absent if it leaves the column
     * @param document what it writes to the document (empty: the key goes); absent if it leaves the document
     * @param after the row's sides afterwards, for drawing and for keeping its parents alive
     * @param kind how the sides then disagree
     */
    private record Damage(
            Optional<Write<Value>> column, Optional<Write<String>> document, Cell after, MismatchKind kind) {}

    /** One side's new content. */
    private record Write<T>(Optional<T> to) {
        static <T> Optional<Write<T>> of(T to) {
            return Optional.of(new Write<>(Optional.of(to)));
        }

        static <T> Optional<Write<T>> nothing() {
            return Optional.of(new Write<>(Optional.empty()));
        }
    }

    /** The next fault; empty when no row and no value allows one. */
    Optional<PlannedTransaction> plan() {
        for (int i = 0; i < TRIES; i++) {
            FaultKind fault = FAULTS[turn++ % FAULTS.length];
            Optional<PlannedTransaction> planned = plan(fault);
            if (planned.isPresent()) {
                return planned;
            }
        }
        return Optional.empty();
    }

    private Optional<PlannedTransaction> plan(FaultKind fault) {
        for (int i = 0; i < TRIES; i++) {
            SamplePromotion promotion = mix.promotion();
            Optional<PlannedTransaction> planned =
                    random.nextInt(10) < insertsOfTen(fault) ? onNewRow(fault, promotion) : onRow(fault, promotion);
            if (planned.isPresent()) {
                return planned;
            }
        }
        return Optional.empty();
    }

    /** Only on new rows is the forgotten side sure to be empty. */
    private static int insertsOfTen(FaultKind fault) {
        return switch (fault) {
            case COLUMN_FORGOTTEN, DOCUMENT_FORGOTTEN -> 5;
            case WRONG_VALUE, WRONG_TYPE, OUTSIDE_DOMAIN -> 2;
            case KEY_REMOVED -> 0;
        };
    }

    private Optional<PlannedTransaction> onRow(FaultKind fault, SamplePromotion promotion) {
        return model.take(promotion.table(), random).flatMap(row -> {
            Optional<Damage> damage = damage(fault, promotion, row.cell(promotion));
            if (damage.isEmpty()) {
                model.release(row);
            }
            return damage.map(done -> {
                List<Changes.Assignment> writes = new ArrayList<>();
                done.column().ifPresent(write -> writes.add(Changes.column(promotion, write.to())));
                done.document().ifPresent(write -> writes.add(Changes.document(promotion, write.to())));
                Change change = Changes.update(List.of(row), writes.toArray(Changes.Assignment[]::new));
                return planned(fault, promotion, row, done, change);
            });
        });
    }

    private Optional<PlannedTransaction> onNewRow(FaultKind fault, SamplePromotion promotion) {
        return damage(fault, promotion, Cell.EMPTY).map(done -> {
            NewRow made = newRows.create(promotion.table());
            made.setBoth(promotion, Optional.empty());
            done.column().ifPresent(write -> made.setColumn(promotion, write.to()));
            done.document().ifPresent(write -> made.setDocument(promotion, write.to()));
            return planned(fault, promotion, made.row(), done, Changes.insert(List.of(made)));
        });
    }

    private PlannedTransaction planned(
            FaultKind fault, SamplePromotion promotion, Row row, Damage damage, Change change) {
        model.put(row, promotion, damage.after());
        InconsistentRow shown = new InconsistentRow(promotion, row.key(), damage.kind());
        return new PlannedTransaction(
                0,
                WriteShape.FAULT,
                List.of(change),
                true,
                Optional.of(new InjectedFault(fault, shown)),
                Optional.empty());
    }

    private Optional<Damage> damage(FaultKind fault, SamplePromotion promotion, Cell cell) {
        return switch (fault) {
            case COLUMN_FORGOTTEN -> other(promotion, cell).map(value -> columnForgotten(value, cell));
            case DOCUMENT_FORGOTTEN -> other(promotion, cell).map(value -> documentForgotten(value, cell));
            case WRONG_VALUE -> other(promotion, cell).flatMap(value -> wrongValue(promotion, value));
            case WRONG_TYPE ->
                values.refused(promotion).map(json -> documentSpoiled(json, cell, MismatchKind.UNCASTABLE));
            case OUTSIDE_DOMAIN ->
                values.outside(promotion).map(json -> documentSpoiled(json, cell, MismatchKind.OUT_OF_DOMAIN));
            case KEY_REMOVED -> keyRemoved(cell);
        };
    }

    private Optional<Value> other(SamplePromotion promotion, Cell cell) {
        return values.other(promotion, cell, model.parents());
    }

    /** The column keeps its old value, or is written as NULL by a mapper that does not know it. */
    private Damage columnForgotten(Value value, Cell cell) {
        boolean nulled = cell.column().isPresent() && random.nextInt(3) == 0;
        Optional<String> column = nulled ? Optional.empty() : cell.column();
        return new Damage(
                nulled ? Write.nothing() : Optional.empty(),
                Write.of(value.document()),
                new Cell(column, Optional.of(value.column())),
                column.isPresent() ? MismatchKind.VALUE_DIFFERS : MismatchKind.COLUMN_MISSING);
    }

    private static Damage documentForgotten(Value value, Cell cell) {
        return new Damage(
                Write.of(value),
                Optional.empty(),
                new Cell(Optional.of(value.column()), cell.document()),
                cell.document().isPresent() ? MismatchKind.VALUE_DIFFERS : MismatchKind.DOCUMENT_MISSING);
    }

    private Optional<Damage> wrongValue(SamplePromotion promotion, Value column) {
        return other(promotion, Cell.both(Optional.of(column)))
                .map(document -> new Damage(
                        Write.of(column),
                        Write.of(document.document()),
                        new Cell(Optional.of(column.column()), Optional.of(document.column())),
                        MismatchKind.VALUE_DIFFERS));
    }

    /** The writer found the value unfit for the column and left the old one, or NULL. */
    private Damage documentSpoiled(String json, Cell cell, MismatchKind kind) {
        boolean nulled = random.nextBoolean();
        return new Damage(
                nulled ? Write.nothing() : Optional.empty(),
                Write.of(json),
                new Cell(nulled ? Optional.empty() : cell.column(), Optional.of(json)),
                kind);
    }

    private static Optional<Damage> keyRemoved(Cell cell) {
        return cell.column().isEmpty()
                ? Optional.empty()
                : Optional.of(new Damage(
                        Optional.empty(),
                        Write.nothing(),
                        new Cell(cell.column(), Optional.empty()),
                        MismatchKind.DOCUMENT_MISSING));
    }
}
