package io.promotionverifier.core.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Outcomes and findings by writer, operation and hour: along each dimension the slices add up to the whole. Immutable.
 *
 * @param slices by dimension, those with the most open findings first, the rest last
 */
public record Attribution(List<Slice> slices) {
    private static final List<Share> WORST_FIRST = List.of(Share.CONFIRMED, Share.SUSPECTED, Share.MISMATCHED);

    /** A slice that chance would fill like this once in twenty times is no split: e to the third power. */
    private static final double SHARP = 3;

    /** Nothing was counted. */
    public static final Attribution NONE = new Attribution(List.of());

    public Attribution {
        slices = slices.stream().sorted(Attribution::order).toList();
    }

    /** By hand, for it is asked at every checkpoint. */
    private static int order(Slice one, Slice other) {
        int order = one.place().dimension().compareTo(other.place().dimension());
        order = order != 0 ? order : Boolean.compare(isRest(one), isRest(other));
        for (Share share : WORST_FIRST) {
            order = order != 0 ? order : Long.compare(other.of(share), one.of(share));
        }
        order = order != 0 ? order : Long.compare(other.touched(), one.touched());
        order = order != 0 ? order : one.place().kind().compareTo(other.place().kind());
        return order != 0 ? order : one.place().name().compareTo(other.place().name());
    }

    private static boolean isRest(Slice slice) {
        return slice.place().kind() == Slice.Kind.REST;
    }

    /** The slices along one dimension. */
    public List<Slice> along(Dimension dimension) {
        return slices.stream()
                .filter(slice -> slice.place().dimension() == dimension)
                .toList();
    }

    /** The same with few slices along each dimension: the others are added to the rest. */
    public Attribution brief() {
        List<Slice> kept = new ArrayList<>();
        for (Dimension dimension : Dimension.values()) {
            List<Slice> all = along(dimension);
            int most = dimension.told();
            kept.addAll(all.subList(0, Math.min(most, all.size())));
            all.stream()
                    .skip(most)
                    .reduce((one, other) -> Slice.together(Slice.Place.rest(dimension), one, other))
                    .map(one -> new Slice(Slice.Place.rest(dimension), one.shares(), one.since(), one.touched()))
                    .ifPresent(kept::add);
        }
        return new Attribution(kept);
    }

    private static Optional<Instant> earliest(List<Slice> slices) {
        return slices.stream().flatMap(slice -> slice.since().stream()).min(Comparator.naturalOrder());
    }

    /**
     * Where the confirmed findings that are open now crowd.
     *
     * @param place the slice that holds more of them than its share of the writes explains; absent if none does
     * @param findings how many it holds, or all
     * @param of how many there are
     * @param since none of these was written earlier; absent where nobody saw it
     */
    public record Split(Optional<Slice.Place> place, long findings, long of, Optional<Instant> since) {}

    /** The sharpest split; absent when no confirmed finding is open. */
    public Optional<Split> sharpest() {
        List<Slice> anyAxis = along(Dimension.HOUR);
        long all =
                anyAxis.stream().mapToLong(slice -> slice.of(Share.CONFIRMED)).sum();
        if (all == 0) {
            return Optional.empty();
        }
        Optional<Instant> since = anyAxis.stream().anyMatch(Slice::isVague) ? Optional.empty() : earliest(anyAxis);
        return sharpest(all, Dimension.WRITER, Dimension.OPERATION)
                .or(() -> sharpest(all, Dimension.HOUR))
                .or(() -> Optional.of(new Split(Optional.empty(), all, all, since)));
    }

    /** "Since" tells the time already: the hour is asked only where nothing else divides. */
    private Optional<Split> sharpest(long all, Dimension... dimensions) {
        long changes = along(Dimension.HOUR).stream().mapToLong(Slice::changes).sum();
        return slices.stream()
                .filter(slice -> List.of(dimensions).contains(slice.place().dimension()))
                .filter(slice -> !isRest(slice))
                .filter(slice -> sharpness(slice, all, changes) >= SHARP)
                .max(Comparator.comparing(slice -> sharpness(slice, all, changes)))
                .map(slice -> new Split(Optional.of(slice.place()), slice.of(Share.CONFIRMED), all, slice.since()));
    }

    /** How many nats the findings of a slice are away from what its share of the writes explains; 0 for fewer. */
    private static double sharpness(Slice slice, long all, long changes) {
        double expected = (slice.changes() + 0.5) / (changes + 1);
        double observed = (double) slice.of(Share.CONFIRMED) / all;
        if (observed <= expected) {
            return 0;
        }
        return all * (part(observed, expected) + part(1 - observed, 1 - expected));
    }

    private static double part(double observed, double expected) {
        return observed == 0 ? 0 : observed * StrictMath.log(observed / expected);
    }
}
