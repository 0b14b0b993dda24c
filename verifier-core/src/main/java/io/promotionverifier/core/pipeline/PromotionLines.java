package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.change.ColumnValue;
import io.promotionverifier.core.change.DocumentValue;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.change.RowChange;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.change.Unreadable;
import io.promotionverifier.core.compare.Comparator;
import io.promotionverifier.core.compare.Sides;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.settle.Room;
import io.promotionverifier.core.stream.Arrival;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The line of each promotion, in the order of the configuration, and which of them a table's rows walk. A row's
 * readings have the order of its table's lines. Confined to the core's thread.
 */
final class PromotionLines {
    /** What is left of a row whose table is not what it was: it may look like one of ours and mean something else. */
    private static final Reading UNREADABLE = new Reading(
            new ColumnValue.Unavailable(Unreadable.SCHEMA), new DocumentValue.Unavailable(Unreadable.SCHEMA));

    private final Map<PromotionId, PromotionLine> lines = new LinkedHashMap<>();
    private final Map<TableName, List<PromotionLine>> byTable = new LinkedHashMap<>();
    private final List<StateEntry> orphans = new ArrayList<>();

    /** Each line goes on where the checkpoint's head and its entries left it. */
    PromotionLines(List<Comparator> judges, CoreState state, Collection<StateEntry> entries, Room room) {
        for (Comparator judge : judges) {
            PromotionId id = judge.promotion().id();
            PromotionState known = state.promotions().getOrDefault(id, PromotionState.NEW);
            PromotionLine line = new PromotionLine(judge, state.generation(), known, room);
            lines.put(id, line);
            byTable.computeIfAbsent(judge.promotion().table(), t -> new ArrayList<>())
                    .add(line);
        }
        for (StateEntry entry : entries) {
            find(entry.promotion()).ifPresent(line -> restore(line, entry, state));
        }
        lines.values().forEach(line -> line.begin(state.streamTime()));
    }

    /** A promotion without a head is new: what an earlier one of its name left behind is to be forgotten. */
    private void restore(PromotionLine line, StateEntry entry, CoreState state) {
        if (state.promotions().containsKey(entry.promotion())) {
            line.restore(entry);
        } else {
            orphans.add(entry.forgotten());
        }
    }

    Collection<PromotionLine> all() {
        return lines.values();
    }

    Set<PromotionId> ids() {
        return lines.keySet();
    }

    Optional<PromotionLine> find(PromotionId promotion) {
        return Optional.ofNullable(lines.get(promotion));
    }

    List<PromotionLine> of(TableName table) {
        return byTable.getOrDefault(table, List.of());
    }

    Map<TableName, List<PromotionLine>> byTable() {
        return byTable;
    }

    /** Both sides of each promotion in a written row, brought to the column's type. */
    Map<PromotionId, Sides> sides(RowChange change, Coverage coverage) {
        Map<PromotionId, Sides> sides = new LinkedHashMap<>();
        if (!change.event().operation().removes()) {
            List<PromotionLine> table = of(change.event().table());
            for (int i = 0; i < table.size(); i++) {
                PromotionLine line = table.get(i);
                Reading reading = coverage.isMisread(line.promotion().id())
                        ? UNREADABLE
                        : change.event().readings().get(i);
                sides.put(line.promotion().id(), line.sides(reading));
            }
        }
        return sides;
    }

    /** A row walks the lines of its table; the last of a transaction ends it on all. */
    void walk(Effect.ChangeRecorded recorded, Instant now, Consumer<Effect> effects) {
        RowChange change = recorded.change();
        for (PromotionLine line : of(change.event().table())) {
            if (change.event().operation().removes()) {
                line.removed(change);
            } else {
                Sides both = Objects.requireNonNull(
                        recorded.sides().get(line.promotion().id()), "sides of a promotion");
                line.written(change, both, now, effects);
            }
        }
        effects.accept(recorded);
        if (change.lastOfTransaction()) {
            lines.values().forEach(line -> line.committed(change.position().moment(), now, effects));
        }
    }

    /** As {@link VerifierCore#asksForRow} says. */
    boolean asksForRow(Arrival.Row row) {
        List<Reading> readings = row.event().readings();
        List<PromotionLine> table = of(row.event().table());
        if (row.event().operation() == Operation.LEFT) {
            return !table.isEmpty();
        }
        for (int i = 0; i < table.size() && i < readings.size(); i++) {
            if (table.get(i).asksForRow(readings.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** As {@link VerifierCore#asksForParent} says. */
    List<Integer> asksForParent(Arrival.Row row) {
        List<Reading> readings = row.event().readings();
        if (readings.isEmpty()) {
            return List.of();
        }
        List<Integer> asking = new ArrayList<>();
        List<PromotionLine> table = of(row.event().table());
        for (int i = 0; i < table.size(); i++) {
            if (table.get(i).asksForParent(readings.get(i))) {
                asking.add(i);
            }
        }
        return asking;
    }

    Map<PromotionId, PromotionState> states() {
        Map<PromotionId, PromotionState> states = new LinkedHashMap<>();
        lines.forEach((id, line) -> states.put(id, line.state()));
        return states;
    }

    /** The rows and tallies that changed since they were last told, and those to be forgotten; not told again. */
    List<StateEntry> drainChanged() {
        List<StateEntry> changed = new ArrayList<>(orphans);
        orphans.clear();
        lines.values().forEach(line -> changed.addAll(line.drainChanged()));
        return changed;
    }
}
