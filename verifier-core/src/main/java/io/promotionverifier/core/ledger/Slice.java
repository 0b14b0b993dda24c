package io.promotionverifier.core.ledger;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one writer, operation or hour has of the row changes and findings of a promotion. Immutable.
 *
 * @param place whose part it is
 * @param shares how much of each
 * @param since no confirmed finding that is open now was written earlier; absent without one, or where nobody saw it
 *     written
 * @param touched tells the order in which slices were last counted into
 */
public record Slice(Place place, Map<Share, Long> shares, Optional<Instant> since, long touched) {
    public Slice {
        Map<Share, Long> all = new EnumMap<>(Share.class);
        for (Share share : Share.values()) {
            all.put(share, shares.getOrDefault(share, 0L));
        }
        shares = Collections.unmodifiableMap(all);
    }

    /** How a slice is told from the others of its dimension. */
    public enum Kind {
        /** By its name. */
        NAMED,
        /** It has none: the writer does not say. */
        UNNAMED,
        /** A census found the row; nobody saw it written. */
        UNSEEN,
        /** All that is not kept by name. */
        REST
    }

    /**
     * Whose part a slice is.
     *
     * @param dimension along what
     * @param kind how it is told from the others
     * @param name empty unless named
     */
    public record Place(Dimension dimension, Kind kind, String name) {
        static Place named(Dimension dimension, String name) {
            return new Place(dimension, Kind.NAMED, name);
        }

        static Place rest(Dimension dimension) {
            return new Place(dimension, Kind.REST, "");
        }
    }

    /** How much of one share. */
    public long of(Share share) {
        return shares.getOrDefault(share, 0L);
    }

    /** Committed row changes that have an outcome. */
    public long changes() {
        return shares.entrySet().stream()
                .filter(entry -> entry.getKey().isOutcome())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Two slices in one. */
    static Slice together(Place place, Slice one, Slice other) {
        Map<Share, Long> sum = new EnumMap<>(one.shares);
        other.shares.forEach((share, count) -> sum.merge(share, count, Long::sum));
        Optional<Instant> earliest = one.isVague() || other.isVague()
                ? Optional.empty()
                : Stream.of(one.since, other.since).flatMap(Optional::stream).min(Comparator.naturalOrder());
        return new Slice(place, sum, earliest, Math.max(one.touched, other.touched));
    }

    /** Nobody saw some of its open findings written. */
    boolean isVague() {
        return of(Share.CONFIRMED) > 0 && since.isEmpty();
    }
}
