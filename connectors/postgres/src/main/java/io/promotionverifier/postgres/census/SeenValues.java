package io.promotionverifier.postgres.census;

import io.promotionverifier.core.census.CensusChunk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which allowed values the chunks of a census have shown so far: they need not be looked for again, which would be paid
 * with every row. Confined to one thread.
 */
final class SeenValues {
    private final List<Set<String>> nothing;
    private Optional<CensusChunk.Place> latest = Optional.empty();
    private List<Set<String>> before;
    private List<Set<String>> found;

    /** @param promotions how many */
    SeenValues(int promotions) {
        nothing = Collections.nCopies(promotions, Set.of());
        before = nothing;
        found = nothing;
    }

    /** By promotion, what the chunks before this one have shown; nothing, if it does not follow the latest. */
    List<Set<String>> before(CensusChunk.Place place) {
        boolean again = latest.equals(Optional.of(place));
        boolean follows = latest.map(last -> new CensusChunk.Place(last.table(), last.census(), last.chunk() + 1))
                .equals(Optional.of(place));
        before = follows ? union(before, found) : again ? before : nothing;
        found = nothing;
        latest = Optional.of(place);
        return before;
    }

    /** What the chunk of the latest place has shown. */
    void found(List<Set<String>> values) {
        found = List.copyOf(values);
    }

    private static List<Set<String>> union(List<Set<String>> some, List<Set<String>> others) {
        List<Set<String>> all = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            Set<String> both = new HashSet<>(some.get(i));
            both.addAll(others.get(i));
            all.add(both);
        }
        return all;
    }
}
