package io.promotionverifier.core.stream;

import io.promotionverifier.core.change.ColumnValue;
import io.promotionverifier.core.change.DocumentValue;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Holds arrivals back until the transaction is over in which a row lacks a value that the log did not carry: only then
 * is it known which change of a row was its last. Confined to the thread that walks the line.
 *
 * <p>What is held back is not folded, so a restart shows it again. Memory: {@value #MOST_ARRIVALS} arrivals or
 * {@value #MOST_CHARACTERS} characters of values; a transaction with more is let go in part, unproven.
 */
public final class Holdback {
    /** The most arrivals that wait. */
    public static final int MOST_ARRIVALS = 10_000;

    /** The most characters of values that wait. */
    public static final long MOST_CHARACTERS = 1 << 25;

    private final List<Arrival> held = new ArrayList<>();

    /**
     * Arrivals that may step in, in order.
     *
     * @param arrivals the arrivals
     * @param ended how many of them, from the first, belong to transactions that are over
     */
    public record Released(List<Arrival> arrivals, int ended) {
        public Released {
            arrivals = List.copyOf(arrivals);
        }
    }

    /**
     * Takes what arrived and lets go what need not wait.
     *
     * @param lacking true for a row that lacks a value which the core asks for
     */
    public Released release(List<Arrival> arrivals, Predicate<Arrival.Row> lacking) {
        List<Arrival> all = new ArrayList<>(held);
        all.addAll(arrivals);
        held.clear();
        Tail tail = new Tail();
        for (int i = 0; i < all.size(); i++) {
            tail.take(i, all.get(i), lacking);
        }
        if (tail.firstLacking < 0) {
            return new Released(all, all.size());
        }
        int waiting = all.size() - tail.firstLacking;
        if (waiting > MOST_ARRIVALS || tail.characters > MOST_CHARACTERS) {
            return new Released(all, tail.firstLacking);
        }
        held.addAll(all.subList(tail.firstLacking, all.size()));
        return new Released(all.subList(0, tail.firstLacking), tail.firstLacking);
    }

    /** Forgets what waits: the source will show it again. */
    public void forget() {
        held.clear();
    }

    /**
     * The transaction at the end, while it is not known to be over; the rules are those of {@link TransactionTracker}.
     */
    private static final class Tail {
        private Optional<Arrival.Row> open = Optional.empty();
        private int firstLacking = -1;
        private long characters;

        void take(int index, Arrival arrival, Predicate<Arrival.Row> lacking) {
            if (arrival instanceof Arrival.Row row) {
                if (open.isEmpty() || open.get().transaction() != row.transaction()) {
                    begin(Optional.of(row));
                }
                if (firstLacking < 0 && lacking.test(row)) {
                    firstLacking = index;
                }
                characters += firstLacking < 0 ? 0 : charactersOf(row);
            } else if (open.isPresent() && isOver(open.get(), arrival.lastCommit())) {
                begin(Optional.empty());
            }
        }

        private void begin(Optional<Arrival.Row> first) {
            open = first;
            firstLacking = -1;
            characters = 0;
        }

        private static boolean isOver(Arrival.Row first, Optional<Lsn> lastCommit) {
            return lastCommit.isPresent() && !lastCommit.equals(first.lastCommit());
        }

        private static long charactersOf(Arrival.Row row) {
            long sum = 0;
            for (Reading reading : row.event().readings()) {
                if (reading.column() instanceof ColumnValue.Present column) {
                    sum += column.text().length();
                }
                if (reading.document() instanceof DocumentValue.Present document) {
                    sum += document.text().length();
                }
            }
            return sum;
        }
    }
}
