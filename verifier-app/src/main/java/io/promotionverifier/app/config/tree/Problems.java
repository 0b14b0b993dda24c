package io.promotionverifier.app.config.tree;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The problems found so far: equal ones count once, for a default is read again with every promotion. Confined to the
 * thread that loads.
 */
public final class Problems {
    private static final Comparator<ConfigProblem> IN_READING_ORDER = Comparator.comparing(
                    (ConfigProblem problem) -> !problem.place().hasLine())
            .thenComparing(problem -> problem.place().line())
            .thenComparing(problem -> problem.place().column());

    private final Set<ConfigProblem> found = new LinkedHashSet<>();

    /** Notes a problem of a node. */
    public void add(ConfigNode node, String message) {
        add(node.place(), node.path(), message);
    }

    /** Notes a problem at a place. */
    public void add(Place place, String path, String message) {
        found.add(new ConfigProblem(place, path, message));
    }

    /** True while nothing is wrong. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** All of them, the file's from top to bottom, then those without a line. */
    public List<ConfigProblem> inReadingOrder() {
        return found.stream().sorted(IN_READING_ORDER).toList();
    }
}
