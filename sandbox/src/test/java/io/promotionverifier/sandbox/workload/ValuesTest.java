package io.promotionverifier.sandbox.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.sandbox.sample.SamplePromotion;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The values that the application writes. */
final class ValuesTest {
    private final Values values = new Values(new SplittableRandom(11));

    @ParameterizedTest
    @EnumSource(SamplePromotion.class)
    void anotherValueIsNeverTheOneThatTheCellHolds(SamplePromotion promotion) {
        List<String> parents = List.of(values.uuid(), values.uuid());
        for (int i = 0; i < 200; i++) {
            Optional<Value> held = values.draw(promotion, parents);
            Cell cell = Cell.both(held);
            values.other(promotion, cell, parents)
                    .ifPresent(other -> assertThat(other.column())
                            .isNotEqualTo(cell.column().orElseThrow()));
        }
    }

    @Test
    void withoutParentsThereIsNothingToReferTo() {
        assertThat(values.draw(SamplePromotion.CTX_ROADMAP, List.of())).isEmpty();
    }
}
