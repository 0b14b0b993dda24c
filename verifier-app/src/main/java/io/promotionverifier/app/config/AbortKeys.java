package io.promotionverifier.app.config;

import io.promotionverifier.app.config.form.Forms;
import io.promotionverifier.app.config.form.Key;
import io.promotionverifier.app.config.form.Quantities;
import io.promotionverifier.app.config.form.Section;
import io.promotionverifier.app.config.form.Values;
import io.promotionverifier.core.promotion.LatencyPolicy;
import io.promotionverifier.core.promotion.MismatchRatePolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The keys of {@code abort}. */
final class AbortKeys {
    private static final String LONGEST = "3650d";

    static final Key<Double> MAX = Key.defaulted(
            "max",
            Quantities.rate(Quantities.Range.PROPER_FRACTION),
            "0.1%",
            "The highest tolerable rate of mismatching rows.");
    static final Key<MismatchRatePolicy.Mode> MODE = Key.defaulted(
            "mode",
            Forms.oneOf(MismatchRatePolicy.Mode.class),
            "sequential",
            "`sequential` is right although it is looked at after every row; `strict` compares the plain rate.");
    static final Key<Double> ALPHA = Key.defaulted(
            "alpha",
            Quantities.rate(Quantities.Range.PROPER_FRACTION),
            "1%",
            "For `sequential`: the accepted probability of one false abort in the whole window.");
    static final Key<Long> MIN_ROWS = Key.defaulted(
            "min_rows",
            Forms.integer(1, 1_000_000_000_000L),
            "2995",
            "For `strict`: settled rows below which nothing is decided.");
    static final Key<Duration> OVER =
            Key.defaulted("over", Quantities.duration("1s", LONGEST), "24h", "The span of the window rate.");
    static final Section<MismatchRatePolicy> MISMATCH_RATE_SECTION = Section.of(
            List.of(MAX, MODE, ALPHA, MIN_ROWS, OVER),
            values -> new MismatchRatePolicy(
                    values.get(MAX), values.get(MODE), values.get(ALPHA), values.get(MIN_ROWS), values.get(OVER)));

    static final Key<Duration> APPLICATION_P99 = Key.optional(
            "p99", Quantities.duration("1ms", LONGEST), "The highest 99th percentile of the application's own writes.");
    static final Key<Double> OVER_BASELINE = Key.optional(
            "over_baseline",
            Quantities.rate(Quantities.Range.ANY),
            "How much slower than in phase A the application's own writes may become.");
    static final Section<Application> APPLICATION_SECTION = Section.of(
            List.of(APPLICATION_P99, OVER_BASELINE),
            values -> new Application(
                    values.find(APPLICATION_P99),
                    values.find(OVER_BASELINE).map(OptionalDouble::of).orElse(OptionalDouble.empty())));

    static final Key<Duration> P99 = Key.defaulted(
            "p99",
            Quantities.duration("1ms", LONGEST),
            "2s",
            "The highest 99th percentile of the time in which split dual-writes converge.");
    static final Key<Duration> LATENCY_OVER =
            Key.defaulted("over", Quantities.duration("1s", LONGEST), "15m", "The span that is looked at.");
    static final Key<Long> MIN_SAMPLES = Key.defaulted(
            "min_samples",
            Forms.integer(1, 1_000_000_000_000L),
            "100",
            "Converged writes below which nothing is decided.");
    static final Key<Application> APPLICATION = Key.section(
            "application", APPLICATION_SECTION, "Limits on the application's own write latency; none unless given.");
    static final Section<LatencyPolicy> LATENCY_SECTION =
            Section.of(List.of(P99, LATENCY_OVER, MIN_SAMPLES, APPLICATION), AbortKeys::latency);

    static final Key<Long> MAX_ROWS = Key.defaulted(
            "max_rows",
            Forms.integer(0, 1_000_000_000_000L),
            "0",
            "How many rows the two sides of a report may differ in.");
    static final Section<Long> REPORT_SECTION = Section.of(List.of(MAX_ROWS), values -> values.get(MAX_ROWS));

    static final Key<MismatchRatePolicy> MISMATCH_RATE =
            Key.section("mismatch_rate", MISMATCH_RATE_SECTION, "The limit on mismatching rows.");
    static final Key<LatencyPolicy> DUAL_WRITE_LATENCY =
            Key.section("dual_write_latency", LATENCY_SECTION, "The limits on the latency of dual-writing.");
    static final Key<Long> REPORT_DIVERGENCE =
            Key.section("report_divergence", REPORT_SECTION, "The limit on reports whose two sides differ.");

    static final Section<AbortConfig> SECTION = Section.of(
            List.of(MISMATCH_RATE, DUAL_WRITE_LATENCY, REPORT_DIVERGENCE),
            values -> new AbortConfig(
                    values.get(MISMATCH_RATE), values.get(DUAL_WRITE_LATENCY), values.get(REPORT_DIVERGENCE)));

    private AbortKeys() {}

    /** The limits on the application's own writes. */
    record Application(Optional<Duration> p99, OptionalDouble overBaseline) {}

    private static LatencyPolicy latency(Values values) {
        Application application = values.get(APPLICATION);
        return new LatencyPolicy(
                values.get(P99),
                values.get(LATENCY_OVER),
                values.get(MIN_SAMPLES),
                application.p99(),
                application.overBaseline());
    }
}
