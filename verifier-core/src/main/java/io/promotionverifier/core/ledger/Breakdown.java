package io.promotionverifier.core.ledger;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The outcomes and findings of one promotion, broken down by writer, operation and hour. Along each dimension the
 * slices add up to the counters. Confined to the thread that walks the line.
 *
 * <p>Memory: the slices that {@link Dimension} keeps by name, and three more along each. When one too many has a name,
 * the one is given up into the rest that has no open finding and was counted into the longest ago.
 */
public final class Breakdown {
    private final Map<Dimension, Axis> axes = new EnumMap<>(Dimension.class);
    private final Set<Slice.Place> changed = new LinkedHashSet<>();
    private long touches;

    public Breakdown() {
        for (Dimension dimension : Dimension.values()) {
            axes.put(dimension, new Axis(dimension));
        }
    }

    /** The slices along one dimension, and the one that was counted into last: mostly it is the next one too. */
    private static final class Axis {
        private final Dimension dimension;
        private final Map<Slice.Place, GrowingSlice> slices = new HashMap<>();
        private Object latestTrait = Axis.class;
        private GrowingSlice latest;

        Axis(Dimension dimension) {
            this.dimension = dimension;
            latest = new GrowingSlice(Slice.Place.rest(dimension));
        }

        private boolean isFull() {
            return slices.keySet().stream()
                            .filter(place -> place.kind() == Slice.Kind.NAMED)
                            .count()
                    >= dimension.named();
        }

        private GrowingSlice rest() {
            return slices.computeIfAbsent(Slice.Place.rest(dimension), GrowingSlice::new);
        }
    }

    /** A row change got its outcome. */
    void count(Author author, Share outcome) {
        add(author, outcome, Optional.empty());
    }

    /**
     * A finding came to a state.
     *
     * @param author who wrote the version that opened it
     * @param opened when that was committed
     */
    public void came(Author author, Share state, Instant opened) {
        add(author, state, author.operation().map(seen -> opened));
    }

    /** A finding left a state that it had come to. */
    public void left(Author author, Share state) {
        for (Axis axis : axes.values()) {
            GrowingSlice own = axis.slices.get(author.place(axis.dimension));
            GrowingSlice slice = own != null && own.of(state) > 0 ? own : axis.rest();
            slice.subtract(state);
            changed.add(slice.place());
        }
    }

    private void add(Author author, Share share, Optional<Instant> opened) {
        touches++;
        for (Axis axis : axes.values()) {
            Object trait = author.trait(axis.dimension);
            if (!trait.equals(axis.latestTrait)) {
                axis.latest = at(axis, author.place(axis.dimension));
                axis.latestTrait = trait;
            }
            axis.latest.add(share, opened, touches);
            changed.add(axis.latest.place());
        }
    }

    private GrowingSlice at(Axis axis, Slice.Place place) {
        if (place.kind() == Slice.Kind.NAMED && !axis.slices.containsKey(place) && axis.isFull()) {
            giveUpOne(axis);
        }
        return axis.slices.computeIfAbsent(place, GrowingSlice::new);
    }

    private void giveUpOne(Axis axis) {
        GrowingSlice leaving = axis.slices.values().stream()
                .filter(slice -> slice.place().kind() == Slice.Kind.NAMED)
                .min(Comparator.comparing(GrowingSlice::hasOpen).thenComparing(GrowingSlice::touched))
                .orElseThrow();
        axis.slices.remove(leaving.place());
        axis.rest().take(leaving);
        changed.add(leaving.place());
        changed.add(axis.rest().place());
    }

    /** Takes a slice back from a checkpoint. */
    public void restore(Slice slice) {
        axis(slice.place().dimension()).slices.put(slice.place(), new GrowingSlice(slice));
        touches = Math.max(touches, slice.touched());
    }

    /**
     * Goes on after the last {@link #restore}: what was counted before anybody broke it down belongs to the rest.
     *
     * @param outcomes how many there are of each
     * @param findings how many there are in each state
     */
    public void begin(Map<Share, Long> outcomes, Map<Share, Long> findings) {
        for (Axis axis : axes.values()) {
            Map<Share, Long> missing = new EnumMap<>(Share.class);
            missing.putAll(outcomes);
            missing.putAll(findings);
            missing.replaceAll((share, count) -> count
                    - axis.slices.values().stream()
                            .mapToLong(slice -> slice.of(share))
                            .sum());
            if (missing.values().stream().anyMatch(count -> count != 0)) {
                axis.rest().addUnknown(missing);
                changed.add(axis.rest().place());
            }
        }
    }

    private Axis axis(Dimension dimension) {
        return Objects.requireNonNull(axes.get(dimension));
    }

    /** All slices of now. */
    public Attribution slices() {
        return new Attribution(axes.values().stream()
                .flatMap(axis -> axis.slices.values().stream())
                .map(GrowingSlice::slice)
                .toList());
    }

    /** All slices count as changed. */
    public void tellAll() {
        axes.values().forEach(axis -> changed.addAll(axis.slices.keySet()));
    }

    /** The slices that changed since the last call; absent where one was given up. */
    public Map<Slice.Place, Optional<Slice>> drainChanged() {
        Map<Slice.Place, Optional<Slice>> drained = new LinkedHashMap<>();
        for (Slice.Place place : changed) {
            drained.put(
                    place,
                    Optional.ofNullable(axis(place.dimension()).slices.get(place))
                            .map(GrowingSlice::slice));
        }
        changed.clear();
        return drained;
    }
}
