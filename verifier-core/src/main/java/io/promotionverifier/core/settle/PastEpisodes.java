package io.promotionverifier.core.settle;

import io.promotionverifier.core.change.RowKey;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How many episodes of a row have ended, for {@value #MOST_ROWS} rows at most: those with most episodes are kept, and
 * what is kept does not depend on the order in which it came. A row forgotten here starts again at episode 1. Confined
 * to the thread that walks the line.
 */
final class PastEpisodes {
    static final int MOST_ROWS = 100_000;

    private final int mostRows;
    private final Map<RowKey, Integer> episodes = new HashMap<>();
    private final TreeSet<Entry> fewestFirst = new TreeSet<>();

    PastEpisodes() {
        this(MOST_ROWS);
    }

    PastEpisodes(int mostRows) {
        this.mostRows = mostRows;
    }

    /** A row with its number of episodes; ordered by what is forgotten first. */
    private record Entry(int episodes, RowKey key) implements Comparable<Entry> {
        private static final Comparator<Entry> ORDER =
                Comparator.comparingInt(Entry::episodes).thenComparing(Entry::key);

        @Override
        public int compareTo(Entry other) {
            return ORDER.compare(this, other);
        }
    }

    /** The number of ended episodes of a row; 0 if none is remembered. */
    int of(RowKey key) {
        return episodes.getOrDefault(key, 0);
    }

    /** The rows that are remembered. */
    Set<RowKey> keys() {
        return episodes.keySet();
    }

    /** Remembers an ended episode by its number; returns the row that is forgotten for it. */
    Optional<RowKey> remember(RowKey key, int episode) {
        Integer before = episodes.put(key, episode);
        if (before != null) {
            fewestFirst.remove(new Entry(before, key));
        }
        fewestFirst.add(new Entry(episode, key));
        if (episodes.size() <= mostRows) {
            return Optional.empty();
        }
        RowKey forgotten = fewestFirst.first().key();
        fewestFirst.pollFirst();
        episodes.remove(forgotten);
        return Optional.of(forgotten);
    }
}
