package io.promotionverifier.benchmarks.lap;

import io.promotionverifier.app.assembly.Assembly;
import io.promotionverifier.app.assembly.Seals;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.compare.Comparator;
import io.promotionverifier.core.compare.Outcome;
import io.promotionverifier.core.stream.Arrival;
import java.util.List;
import java.util.function.Consumer;

/** The comparators alone; all promotions are on one table, as the workload has them. */
final class Comparing implements Consumer<List<Arrival>> {
    private final List<Comparator> comparators;
    private long mismatched;

    Comparing(Assembly assembly, VerifierConfig config) {
        Seals seals = Seals.of(config);
        comparators = assembly.promotions().stream()
                .map(promotion -> new Comparator(promotion, seals.of(promotion.id())))
                .toList();
    }

    @Override
    public void accept(List<Arrival> arrivals) {
        for (Arrival arrival : arrivals) {
            if (arrival instanceof Arrival.Row row) {
                compare(row);
            }
        }
    }

    private void compare(Arrival.Row row) {
        List<Reading> readings = row.event().readings();
        for (int i = 0; i < readings.size(); i++) {
            Comparator comparator = comparators.get(i);
            Outcome outcome = comparator.judge(
                    comparator.sides(readings.get(i)), row.event().key().orElseThrow(), row.commitTime());
            mismatched += outcome instanceof Outcome.Mismatched ? 1 : 0;
        }
    }

    /** Nothing is compared for nothing: the compiler must not leave it out. */
    long mismatched() {
        return mismatched;
    }
}
