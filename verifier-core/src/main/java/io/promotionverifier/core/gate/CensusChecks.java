package io.promotionverifier.core.gate;

import io.promotionverifier.core.census.CensusResult;
import io.promotionverifier.core.compare.UnverifiableReason;
import io.promotionverifier.core.judge.WindowRate;
import io.promotionverifier.core.pipeline.PromotionStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/**
 * What the latest census must say, and the rates that are counted with it.
 *
 * @param policy the limits
 * @param status the evidence
 * @param facts what was read beside it
 */
record CensusChecks(GatePolicy policy, PromotionStatus status, GateFacts facts) {
    private static final Figure NONE = new Figure.Count(0);
    private static final String NO_CENSUS = "no census has ended yet: `scan`, and see that the verifier runs";

    private Check judge(String name, Figure required, Function<CensusResult, Check> rule) {
        return status.census().latest().map(rule).orElseGet(() -> Check.unknown(name, required, NO_CENSUS));
    }

    Check clean() {
        long unremembered = status.census().unremembered();
        if (unremembered > 0) {
            return Check.unknown(
                    "census_clean",
                    NONE,
                    unremembered + " row versions beyond the limit of rows that may disagree at once were not kept, and"
                            + " no census has ended that began since: repair what is open, then `scan`");
        }
        return judge("census_clean", NONE, result -> {
            long mismatched = result.found().mismatched();
            return Check.of(
                    "census_clean",
                    mismatched == 0,
                    new Figure.Count(mismatched),
                    NONE,
                    mismatched == 0
                            ? "none of " + result.counts().rows() + " rows disagreed"
                            : mismatched + " of " + result.counts().rows()
                                    + " rows disagreed: repair them, then `scan`");
        });
    }

    Check age() {
        Figure required = new Figure.Span(policy.censusAge());
        return judge("census_age", required, result -> {
            Duration age = Duration.between(result.finished(), facts.now());
            boolean young = age.compareTo(policy.censusAge()) < 0;
            return Check.of(
                    "census_age",
                    young,
                    new Figure.Span(age.isNegative() ? Duration.ZERO : age),
                    required,
                    "the latest census ended " + result.finished() + (young ? "" : ": `scan`"));
        });
    }

    Check agrees() {
        return judge("census_agrees", NONE, result -> {
            long rows = result.found().disagreement().rows();
            return Check.of(
                    "census_agrees",
                    rows == 0,
                    new Figure.Count(rows),
                    NONE,
                    rows == 0
                            ? "census and stream say the same"
                            : "census and stream say different things of " + rows
                                    + " rows: the verifier itself is in doubt, see docs/census.md");
        });
    }

    Check nullRate() {
        Figure required = new Figure.Share(policy.nullRate());
        return judge("null_rate", required, result -> {
            long rows = result.counts().withDocument();
            if (rows == 0) {
                return Check.unknown("null_rate", required, "no row has a document value: there is nothing to go by");
            }
            long nulls = result.counts().nullColumn();
            double rate = (double) nulls / rows;
            return Check.of(
                    "null_rate",
                    isBelow(rate, policy.nullRate()),
                    new Figure.Share(rate),
                    required,
                    nulls + " of " + rows + " rows with a document value have a NULL column");
        });
    }

    Check backfill() {
        return judge("backfill", NONE, result -> {
            long pending = result.found().pending();
            return Check.of(
                    "backfill",
                    pending == 0,
                    new Figure.Count(pending),
                    NONE,
                    pending == 0
                            ? "every value that is promoted is in the column"
                            : pending + " rows have a document value and a NULL column: let the application write both,"
                                    + " finish the backfill, then `scan`");
        });
    }

    Check unverifiableRate() {
        Figure required = new Figure.Share(policy.unverifiableRate());
        List<String> parts = new ArrayList<>();
        OptionalDouble share = DoubleStream.concat(stream(parts).stream(), census(parts).stream())
                .max();
        if (share.isEmpty()) {
            return Check.unknown("unverifiable_rate", required, "neither stream nor census has seen a row yet");
        }
        byReason(parts);
        worst(parts);
        return Check.of(
                "unverifiable_rate",
                isBelow(share.getAsDouble(), policy.unverifiableRate()),
                new Figure.Share(share.getAsDouble()),
                required,
                String.join("; ", parts));
    }

    private OptionalDouble stream(List<String> parts) {
        long seen = status.seen().witnessed().written();
        long unverifiable = status.seen().witnessed().unverifiable();
        if (status.estimate().isPresent()) {
            long written = Math.max(seen, status.estimate().get().written());
            return share(
                    "of the row versions written, as the table's statistics estimate", unverifiable, written, parts);
        }
        return share("of the row versions written live in the window", unverifiable, seen, parts);
    }

    private OptionalDouble census(List<String> parts) {
        Optional<CensusResult> latest = status.census().latest();
        return latest.isEmpty()
                ? OptionalDouble.empty()
                : share(
                        "of the rows of the latest census",
                        latest.get().found().unverifiable(),
                        latest.get().counts().rows(),
                        parts);
    }

    private static OptionalDouble share(String ofWhat, long part, long all, List<String> parts) {
        if (all == 0) {
            return OptionalDouble.empty();
        }
        parts.add(part + " of " + all + " " + ofWhat);
        return OptionalDouble.of((double) part / all);
    }

    private void byReason(List<String> parts) {
        for (UnverifiableReason reason : UnverifiableReason.values()) {
            long count = status.counts().unverifiable().getOrDefault(reason, 0L);
            if (count > 0) {
                parts.add(reason + " " + count + " since setup");
            }
        }
    }

    /** What the rate of mismatches would be if every row that could not be verified were one. */
    private void worst(List<String> parts) {
        List<WindowRate> rates = status.rates();
        if (!rates.isEmpty() && rates.get(rates.size() - 1).unverifiableRows() > 0) {
            rates.get(rates.size() - 1)
                    .worst()
                    .ifPresent(rate -> parts.add(
                            "if each of these rows were a mismatch, the rate of the window would be " + rate));
        }
    }

    /** A rate of 0 is below every limit, 0 included. */
    private static boolean isBelow(double rate, double limit) {
        return rate < limit || rate == 0;
    }
}
