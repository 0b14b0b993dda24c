package io.promotionverifier.core.stream;

import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.change.RowVersion;
import io.promotionverifier.core.change.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which rows are to be looked at to complete a batch, and what a look proves.
 *
 * <p>The rule: a version that was read belongs to a row's newest change in the batch if its writer is that change's
 * transaction, that transaction is over, and the change was the row's last in it. A value that this change left
 * unchanged is also the value of the change before it, and so on back. Nothing else is proven: a newer version says
 * nothing of an older one. Confined to one thread.
 *
 * <p>A row that left the suspects was deleted or healed: a version that is proven to be of that change healed it.
 */
public final class Rereads {
    private static final int NONE = -1;

    private final List<Arrival> arrivals;
    private final int[] previous;
    private final Map<TableName, Map<RowKey, Integer>> wanted = new TreeMap<>();

    /**
     * The looks that a batch needs.
     *
     * @param batch what may step in
     * @param lacking true for a row that lacks a value which the core asks for
     */
    public Rereads(Holdback.Released batch, Predicate<Arrival.Row> lacking) {
        this.arrivals = batch.arrivals();
        this.previous = new int[arrivals.size()];
        boolean any = arrivals.stream().anyMatch(arrival -> arrival instanceof Arrival.Row row && lacking.test(row));
        if (any) {
            plan(batch.ended(), lacking);
        }
    }

    private void plan(int ended, Predicate<Arrival.Row> lacking) {
        Map<TableName, Map<RowKey, Integer>> newest = new HashMap<>();
        for (int i = 0; i < arrivals.size(); i++) {
            if (arrivals.get(i) instanceof Arrival.Row row) {
                Map<RowKey, Integer> rows = newest.computeIfAbsent(row.event().table(), table -> new HashMap<>());
                previous[i] = follow(rows, row.event(), i);
            }
        }
        newest.forEach((table, rows) -> rows.forEach((key, index) -> {
            if (index < ended && lacking.test((Arrival.Row) arrivals.get(index))) {
                wanted.computeIfAbsent(table, t -> new TreeMap<>()).put(key, index);
            }
        }));
    }

    /** Files a change as the newest of its row; returns the change before it. */
    private static int follow(Map<RowKey, Integer> newest, RowEvent event, int index) {
        if (event.operation() == Operation.TRUNCATE) {
            newest.clear();
            return NONE;
        }
        RowKey key = event.key().orElseThrow();
        Integer before = newest.remove(event.oldKey().orElse(key));
        newest.put(key, index);
        return before == null ? NONE : before;
    }

    /** The keys of the rows to look at, by table; empty if nothing is to be done. */
    public Map<TableName, Set<RowKey>> wanted() {
        Map<TableName, Set<RowKey>> keys = new TreeMap<>();
        wanted.forEach((table, rows) -> keys.put(table, rows.keySet()));
        return keys;
    }

    /** The transactions that a look must be able to see. */
    public Set<Long> transactions() {
        Set<Long> transactions = new TreeSet<>();
        wanted.values()
                .forEach(rows -> rows.values()
                        .forEach(index -> transactions.add(((Arrival.Row) arrivals.get(index)).transaction())));
        return transactions;
    }

    /** The batch, with every value filled in that the versions prove. */
    public List<Arrival> completed(Map<TableName, Map<RowKey, RowVersion>> versions) {
        List<Arrival> completed = new ArrayList<>(arrivals);
        wanted.forEach((table, rows) -> {
            Map<RowKey, RowVersion> seen = versions.getOrDefault(table, Map.of());
            rows.forEach((key, index) -> {
                RowVersion version = seen.get(key);
                if (version != null && version.isOf(((Arrival.Row) arrivals.get(index)).transaction())) {
                    fill(completed, index, version.readings());
                }
            });
        });
        return completed;
    }

    private void fill(List<Arrival> completed, int newest, List<Reading> version) {
        List<Reading> known = version;
        for (int i = newest; i != NONE; i = previous[i]) {
            Arrival.Row row = (Arrival.Row) arrivals.get(i);
            if (row.event().operation() == Operation.LEFT) {
                if (i == newest && version.stream().allMatch(Reading::isWhole)) {
                    completed.set(i, row.with(row.event().healed(looked(version))));
                }
                return;
            }
            List<Reading> readings = row.event().readings();
            if (readings.size() != known.size()) {
                return;
            }
            List<Reading> filled = new ArrayList<>(readings.size());
            List<Reading> before = new ArrayList<>(readings.size());
            for (int p = 0; p < readings.size(); p++) {
                filled.add(readings.get(p).completedBy(known.get(p)));
                before.add(readings.get(p).unchangedOf(known.get(p)));
            }
            completed.set(i, row.with(row.event().with(filled)));
            known = before;
        }
    }

    private static List<Reading> looked(List<Reading> version) {
        return version.stream().map(Reading::looked).toList();
    }
}
