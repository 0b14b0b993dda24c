package io.promotionverifier.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.compare.ExplainedReason;
import io.promotionverifier.core.compare.MismatchKind;
import io.promotionverifier.core.compare.Outcome;
import io.promotionverifier.core.compare.UnverifiableReason;
import io.promotionverifier.core.fixture.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CountersLawsTest {
    private static final Instant NINE = Instant.parse("2025-01-20T09:00:00Z");
    private static final List<Outcome> OUTCOMES = outcomes();

    private static List<Outcome> outcomes() {
        List<Outcome> all = new ArrayList<>(List.of(new Outcome.Matched(), new Outcome.Absent()));
        Arrays.stream(MismatchKind.values()).map(Outcome.Mismatched::new).forEach(all::add);
        Arrays.stream(ExplainedReason.values()).map(Outcome.Explained::new).forEach(all::add);
        Arrays.stream(UnverifiableReason.values())
                .map(Outcome.Unverifiable::new)
                .forEach(all::add);
        return all;
    }

    private static Author author(Random random) {
        Operation[] operations = Operation.values();
        return Author.of(operations[random.nextInt(operations.length)], Optional.empty(), NINE);
    }

    @Test
    void whatIsAskedWithoutTheCountsIsWhatTheCountsSay() {
        Seeds.each(50, seed -> {
            Random random = new Random(seed);
            Counters counters = new Counters(Counts.none(), new Breakdown());
            for (int i = 0; i < 200; i++) {
                switch (random.nextInt(8)) {
                    case 0 -> counters.countSuperseded(author(random));
                    case 1 -> counters.countSkipped(author(random));
                    default -> counters.count(author(random), OUTCOMES.get(random.nextInt(OUTCOMES.size())));
                }
                Counts counts = counters.counts();
                assertThat(counters.changes()).isEqualTo(counts.changes()).isEqualTo(i + 1);
                assertThat(counters.doubts()).isEqualTo(counts.explanations() + counts.unverifiables());
            }
        });
    }
}
