package io.promotionverifier.sandbox.workload;

import io.promotionverifier.sandbox.sample.SamplePromotion;
import io.promotionverifier.sandbox.sample.SampleTable;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** What is written how often. Confined to its worker. */
final class Mix {
    private static final WriteShape[] SHAPES = WriteShape.values();
    private static final SampleTable[] TABLES = SampleTable.values();
    private static final int ALL_SHAPES =
            Arrays.stream(SHAPES).mapToInt(WriteShape::weight).sum();

    private final SplittableRandom random;

    Mix(SplittableRandom random) {
        this.random = random;
    }

    WriteShape shape() {
        int left = random.nextInt(ALL_SHAPES);
        for (WriteShape shape : SHAPES) {
            left -= shape.weight();
            if (left < 0) {
                return shape;
            }
        }
        throw new IllegalStateException("the weights add up to less than their sum");
    }

    SampleTable table() {
        int percent = random.nextInt(100);
        if (percent < 35) {
            return SampleTable.NEXUS_CASES;
        }
        return percent < 50 ? SampleTable.NEXUS_USERS : TABLES[2 + random.nextInt(2)];
    }

    SamplePromotion promotion() {
        List<SamplePromotion> choices = SamplePromotion.of(table());
        return choices.get(random.nextInt(choices.size()));
    }
}
