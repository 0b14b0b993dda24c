package io.promotionverifier.benchmarks.ladder;

import java.util.Arrays;
import java.util.Collection;
import java.util.OptionalDouble;

/**
 * The middle of several figures and how far they lie apart.
 *
 * @param median the middle one, or the mean of the two in the middle
 * @param lowest the lowest
 * @param highest the highest
 */
record Spread(double median, double lowest, double highest) {
    /** @throws IllegalArgumentException without figures */
    static Spread of(Collection<Double> figures) {
        double[] sorted =
                figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no figure, no median");
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** The figure below which such a share of them lies; absent without figures. */
    static OptionalDouble quantile(double share, double... figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        int place = (int) Math.ceil(share * sorted.length) - 1;
        return sorted.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(sorted[Math.max(0, place)]);
    }
}
