package io.promotionverifier.core.judge;

/**
 * An anytime-valid test of "the mismatch rate is at most p0": a mixture of likelihood ratios over rates from p0 halfway
 * to 1, uniform in their logarithm.
 *
 * <p>Under the hypothesis the mixture is a non-negative martingale that starts at 1, so the probability that it ever
 * reaches 1/alpha is at most alpha (Ville's inequality), however often one looks. See ADR 0006.
 */
public final class SequentialTest {
    private static final int RATES = 64;

    private SequentialTest() {}

    /**
     * The evidence against "the rate is at most p0" in n rows of which x mismatch: 1 at the start; the hypothesis falls
     * when it reaches 1/alpha.
     *
     * @param x mismatching rows, 0 to n
     * @param n rows
     * @param p0 the rate under test, above 0 and below 1
     */
    public static double evidence(long x, long n, double p0) {
        double highest = (1 + p0) / 2;
        double sum = 0;
        for (int i = 1; i <= RATES; i++) {
            double rate = p0 * Math.pow(highest / p0, (i - 0.5) / RATES);
            double logRatio = x * Math.log(rate / p0) + (n - x) * Math.log((1 - rate) / (1 - p0));
            sum += Math.exp(Math.min(logRatio, 700));
        }
        return sum / RATES;
    }
}
