package io.promotionverifier.sandbox.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.sandbox.sample.SamplePromotion;
import io.promotionverifier.sandbox.sample.SampleTable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The plan of one worker, without a database. */
final class PlannerTest {
    private static final long INTERVAL_NANOS = 5_000_000;
    private static final long FIRST_ID = 1_000_000_000;

    private static Planner planner(long seed) {
        Model model = new Model();
        SplittableRandom random = new SplittableRandom(seed);
        Values values = new Values(new SplittableRandom(1));
        AtomicLong ids = new AtomicLong(FIRST_ID);
        NewRows rows = new NewRows(model, values, new SplittableRandom(2), table -> ids.incrementAndGet());
        for (int i = 0; i < 40; i++) {
            model.parents().add(values.uuid());
        }
        for (SampleTable table : SampleTable.values()) {
            for (int i = 0; i < 100; i++) {
                model.release(rows.create(table).row());
            }
        }
        return new Planner(model, random, table -> ids.incrementAndGet(), INTERVAL_NANOS);
    }

    private static List<PlannedTransaction> plan(long seed, double faultRate, int length) {
        Planner planner = planner(seed);
        List<PlannedTransaction> plan = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            plan.add(planner.next(faultRate));
        }
        return plan;
    }

    @Test
    void theSameSeedGivesTheSamePlanAndAnotherSeedAnother() {
        assertThat(plan(7, 0.05, 2_000)).isEqualTo(plan(7, 0.05, 2_000)).isNotEqualTo(plan(8, 0.05, 2_000));
    }

    @Test
    void everyShapeOfWriteComesUp() {
        Set<WriteShape> shapes = EnumSet.noneOf(WriteShape.class);
        plan(1, 0.01, 2_000).forEach(transaction -> shapes.add(transaction.shape()));
        assertThat(shapes).containsExactlyInAnyOrder(WriteShape.values());
    }

    @Test
    void everySplitIsFinishedFiveToFiveHundredMillisecondsLater() {
        Map<Long, PlannedTransaction> open = new HashMap<>();
        List<PlannedTransaction> plan = plan(2, 0, 2_000);
        for (PlannedTransaction transaction : plan) {
            transaction.split().ifPresent(split -> {
                if (split.second().isPresent()) {
                    assertThat(split.gapNanos()).isBetween(5_000_000L, 500_000_000L);
                    open.put(split.number(), split.second().get());
                } else {
                    assertThat(open.remove(split.number())).isEqualTo(transaction);
                }
            });
        }
        long end = plan.get(plan.size() - 1).offsetNanos();
        assertThat(open.values()).allMatch(second -> second.offsetNanos() >= end);
        assertThat(plan).filteredOn(each -> each.shape() == WriteShape.SPLIT).hasSizeGreaterThan(200);
    }

    @Test
    void transactionsComeInTheOrderOfTheirTimes() {
        assertThat(plan(3, 0.02, 2_000))
                .extracting(PlannedTransaction::offsetNanos)
                .isSorted();
    }

    @Test
    void aRowWithAFaultIsNotNamedByAnyLaterStatement() {
        Set<String> broken = new HashSet<>();
        for (PlannedTransaction transaction : plan(4, 0.2, 2_000)) {
            for (Change change : transaction.changes()) {
                // A key is a whole parameter, or a member of an array literal; small numbers are values, keys begin
                // high.
                for (String parameter : change.parameters()) {
                    assertThat(broken)
                            .doesNotContain(parameter.replaceAll("[{}]", "").split(",", -1));
                }
            }
            transaction.fault().ifPresent(fault -> broken.add(bare(fault.row().key())));
        }
        assertThat(broken).hasSizeGreaterThan(200);
    }

    private static String bare(RowKey key) {
        return key.json().replaceAll("[{}\" ]|id|:", "");
    }

    @Test
    void atAFaultRateOfOneEveryWriteIsAFaultAndEveryFaultAndPromotionComesUp() {
        Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        Set<SamplePromotion> promotions = EnumSet.noneOf(SamplePromotion.class);
        for (PlannedTransaction transaction : plan(5, 1, 1_500)) {
            InjectedFault fault = transaction.fault().orElseThrow();
            kinds.add(fault.fault());
            promotions.add(fault.row().promotion());
        }
        assertThat(kinds).containsExactlyInAnyOrder(FaultKind.values());
        assertThat(promotions).containsExactlyInAnyOrder(SamplePromotion.values());
    }

    @Test
    void aFaultRateOfZeroPlansNoFault() {
        assertThat(plan(6, 0, 2_000))
                .allMatch(transaction -> transaction.fault().isEmpty());
    }

    @Test
    void keysAreSpelledAsJsonbSpellsThem() {
        assertThat(new Row(SampleTable.NEXUS_CASES, "88213").key().json()).isEqualTo("{\"id\": 88213}");
        assertThat(new Row(SampleTable.NEXUS_USERS, "a0ee").key().json()).isEqualTo("{\"id\": \"a0ee\"}");
    }
}
