package io.promotionverifier.app.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which findings are asked for.
 *
 * @param states lower-case states; empty for all
 * @param key the row key as JSON text or a scalar
 * @param limit how many at most
 * @param after the id after which the list goes on
 * @param history the story of the row instead of its findings
 */
public record FindingsQuery(
        Set<String> states, Optional<String> key, int limit, Optional<String> after, boolean history) {
    private static final int DEFAULT_LIMIT = 1_000;
    private static final Set<String> KNOWN_STATES = Set.of("suspected", "confirmed", "converged", "resolved");

    /** @throws BadQueryException if a parameter cannot be read */
    static FindingsQuery of(Map<String, List<String>> parameters) {
        Set<String> states = new TreeSet<>();
        for (String listed : parameters.getOrDefault("state", List.of())) {
            states.addAll(List.of(listed.split(",", -1)));
        }
        if (!KNOWN_STATES.containsAll(states)) {
            throw new BadQueryException("state is a list of " + String.join(", ", new TreeSet<>(KNOWN_STATES)));
        }
        boolean history = first(parameters, "history").map("true"::equals).orElse(false);
        if (history && first(parameters, "key").isEmpty()) {
            throw new BadQueryException("history is of one row: name its key");
        }
        return new FindingsQuery(
                states, first(parameters, "key"), limit(parameters), first(parameters, "after"), history);
    }

    private static Optional<String> first(Map<String, List<String>> parameters, String name) {
        return parameters.getOrDefault(name, List.of()).stream().findFirst();
    }

    private static int limit(Map<String, List<String>> parameters) {
        try {
            return Math.max(1, first(parameters, "limit").map(Integer::parseInt).orElse(DEFAULT_LIMIT));
        } catch (NumberFormatException e) {
            throw new BadQueryException("limit is a number");
        }
    }
}
