package io.promotionverifier.sandbox.workload;

import io.promotionverifier.sandbox.sample.SamplePromotion;
import io.promotionverifier.sandbox.sample.SampleTable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The rows that one worker owns, as they will be when its plan so far has run. Confined to the worker.
 *
 * <p>A row is free or taken. Rows with an open split are taken until its second half; rows with a fault for ever. A
 * roadmap item is deleted only while no taken row mentions it: otherwise the foreign key would touch that row.
 */
final class Model {
    private static final int TRIES = 10;

    private final Map<SampleTable, List<Row>> free = new EnumMap<>(SampleTable.class);
    private final Map<Row, Set<String>> taken = new HashMap<>();
    private final List<String> parents = new ArrayList<>();
    private final Map<String, Set<Row>> children = new HashMap<>();

    Model() {
        for (SampleTable table : SampleTable.values()) {
            free.put(table, new ArrayList<>());
        }
    }

    private List<Row> rows(SampleTable table) {
        return free.getOrDefault(table, List.of());
    }

    int freeRows(SampleTable table) {
        return rows(table).size();
    }

    List<String> parents() {
        return parents;
    }

    /** Takes a new row. */
    void adopt(Row row) {
        taken.put(row, new HashSet<>());
    }

    /** Takes any free row. */
    Optional<Row> take(SampleTable table, SplittableRandom random) {
        List<Row> rows = rows(table);
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        Row row = removeAny(rows, random);
        adopt(row);
        SamplePromotion.of(table).forEach(promotion -> mention(row, promotion, row.cell(promotion)));
        return Optional.of(row);
    }

    /** Gives a taken row back. */
    void release(Row row) {
        taken.remove(row);
        rows(row.table()).add(row);
    }

    /** Ends a taken row: it is deleted. */
    void forget(Row row) {
        taken.remove(row);
        SamplePromotion.of(row.table()).forEach(promotion -> unlink(row, promotion));
    }

    /** Notes what a taken row will hold. */
    void put(Row row, SamplePromotion promotion, Cell cell) {
        unlink(row, promotion);
        row.put(promotion, cell);
        mention(row, promotion, cell);
        if (promotion.hasParent()) {
            cell.column()
                    .ifPresent(parent -> children.computeIfAbsent(parent, absent -> new LinkedHashSet<>())
                            .add(row));
        }
    }

    private void unlink(Row row, SamplePromotion promotion) {
        if (promotion.hasParent()) {
            row.cell(promotion)
                    .column()
                    .ifPresent(parent ->
                            children.getOrDefault(parent, new HashSet<>()).remove(row));
        }
    }

    private void mention(Row row, SamplePromotion promotion, Cell cell) {
        if (promotion.hasParent()) {
            Set<String> mentioned = taken.getOrDefault(row, new HashSet<>());
            cell.column().ifPresent(mentioned::add);
            cell.document().ifPresent(mentioned::add);
        }
    }

    /** Removes a roadmap item that no taken row mentions. */
    Optional<String> takeParent(SplittableRandom random) {
        for (int i = 0; i < TRIES && !parents.isEmpty(); i++) {
            String parent = removeAny(parents, random);
            if (taken.values().stream().noneMatch(mentioned -> mentioned.contains(parent))) {
                return Optional.of(parent);
            }
            parents.add(parent);
        }
        return Optional.empty();
    }

    /** Clears the columns that point to a deleted roadmap item, as the foreign key does; says how many. */
    int clearChildren(String parent) {
        Set<Row> orphans = children.getOrDefault(parent, Set.of());
        children.remove(parent);
        for (Row row : orphans) {
            Cell cell = row.cell(SamplePromotion.CTX_ROADMAP);
            row.put(SamplePromotion.CTX_ROADMAP, new Cell(Optional.empty(), cell.document()));
        }
        return orphans.size();
    }

    private static <T> T removeAny(List<T> list, SplittableRandom random) {
        int index = random.nextInt(list.size());
        T removed = list.get(index);
        T last = list.remove(list.size() - 1);
        if (index < list.size()) {
            list.set(index, last);
        }
        return removed;
    }
}
