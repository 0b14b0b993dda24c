package io.promotionverifier.core.judge;

/** Bounds on a rate from a sample. */
public final class Confidence {
    private static final double CONFIDENCE = 0.95;
    private static final double Z = 1.6448536269514722;

    private Confidence() {}

    /**
     * The rate below which the true rate lies with 95 % confidence (one-sided): exact for no mismatch, else Wilson's
     * score bound. 1 for an empty sample.
     *
     * @param x mismatching rows
     * @param n rows
     */
    public static double upperBound(long x, long n) {
        if (n == 0) {
            return 1;
        }
        if (x == 0) {
            return 1 - Math.pow(1 - CONFIDENCE, 1.0 / n);
        }
        double p = Math.min(1, (double) x / n);
        double z2 = Z * Z;
        double centre = p + z2 / (2.0 * n);
        double spread = Z * Math.sqrt(p * (1 - p) / n + z2 / (4.0 * n * n));
        return Math.min(1, (centre + spread) / (1 + z2 / n));
    }
}
