package io.promotionverifier.core.census;

import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.change.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The rows that the stream showed while a census goes on, by the transaction that changed them: about these a chunk
 * whose snapshot does not see the transaction has nothing to say. Confined to the thread that walks the line.
 *
 * <p>Of the transactions before it began to watch it knows the newest only. Logical decoding may show a commit before
 * it is visible to others, so no chunk counts before all of those have ended, as for {@code CREATE INDEX CONCURRENTLY}.
 * Memory: {@value #MOST_ROWS} rows at most; when there are more, it begins to watch anew.
 */
public final class RowsInFlight {
    /** The most rows that are remembered. */
    public static final int MOST_ROWS = 40_000;

    private final int mostRows;
    private final Map<Long, Set<Row>> rows = new HashMap<>();
    private int count;
    private OptionalLong newest;
    private OptionalLong unwatched;
    private Optional<TransactionSnapshot> seen = Optional.empty();

    /** A row; without key the whole table. */
    private record Row(TableName table, Optional<RowKey> key) {}

    /** @param newest the newest transaction that the stream has shown so far */
    public RowsInFlight(OptionalLong newest) {
        this(newest, MOST_ROWS);
    }

    RowsInFlight(OptionalLong newest, int mostRows) {
        this.mostRows = mostRows;
        this.newest = newest;
        this.unwatched = newest;
    }

    /** The stream showed a transaction; it need not be watched. */
    public void shown(long transaction) {
        newest = OptionalLong.of(
                newest.isPresent() ? TransactionSnapshot.later(transaction, newest.getAsLong()) : transaction);
    }

    /** The newest transaction that the stream has shown. */
    public OptionalLong newest() {
        return newest;
    }

    /** Forgets all rows: chunks that do not see every transaction shown so far can no more be judged. */
    public void watchAnew() {
        forgetSnapshot();
        forgetAll();
    }

    /** Another server may have taken over, and given ids once more that were lost: no snapshot of before saw those. */
    public void forgetSnapshot() {
        seen = Optional.empty();
    }

    private void forgetAll() {
        rows.clear();
        count = 0;
        unwatched = newest;
    }

    /** A transaction changed a row; without key all rows of the table. */
    public void changed(long transaction, TableName table, Optional<RowKey> key) {
        if (seen.isPresent() && seen.get().sees(transaction)) {
            return;
        }
        if (rows.computeIfAbsent(transaction, t -> new HashSet<>()).add(new Row(table, key)) && ++count > mostRows) {
            forgetAll();
        }
    }

    /**
     * False when rows may have changed behind this snapshot of which nothing is known: the chunk must be read again.
     */
    public boolean covers(TransactionSnapshot snapshot) {
        return unwatched.isEmpty() || snapshot.isPast(unwatched.getAsLong());
    }

    /** What changed behind a snapshot. */
    public Behind behind(TransactionSnapshot snapshot) {
        List<Set<Row>> unseen = new ArrayList<>();
        rows.forEach((transaction, changed) -> {
            if (!snapshot.sees(transaction)) {
                unseen.add(changed);
            }
        });
        return new Behind(unseen);
    }

    /** The rows that were changed behind a snapshot: the stream decides about them. */
    public static final class Behind {
        private final List<Set<Row>> unseen;

        private Behind(List<Set<Row>> unseen) {
            this.unseen = unseen;
        }

        /** True when the whole table was emptied. */
        public boolean isEmptied(TableName table) {
            return holds(new Row(table, Optional.empty()));
        }

        /** True when the row was changed. */
        public boolean isChanged(TableName table, RowKey key) {
            return holds(new Row(table, Optional.of(key)));
        }

        private boolean holds(Row row) {
            return unseen.stream().anyMatch(changed -> changed.contains(row));
        }
    }

    /**
     * What this snapshot sees, every later one sees too: it is forgotten, and what the stream still shows of it, which
     * is all of a backlog, is not remembered.
     */
    public void forgetSeenBy(TransactionSnapshot snapshot) {
        seen = Optional.of(snapshot);
        rows.entrySet().removeIf(entry -> {
            boolean seen = snapshot.sees(entry.getKey());
            count -= seen ? entry.getValue().size() : 0;
            return seen;
        });
    }
}
