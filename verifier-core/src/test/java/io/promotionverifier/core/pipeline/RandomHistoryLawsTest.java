package io.promotionverifier.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Origin;
import io.promotionverifier.core.compare.ValueSeal;
import io.promotionverifier.core.fixture.Ledger;
import io.promotionverifier.core.fixture.ModelCheck;
import io.promotionverifier.core.fixture.RandomHistory;
import io.promotionverifier.core.fixture.RandomHistory.Step;
import io.promotionverifier.core.fixture.Seeds;
import io.promotionverifier.core.ledger.Counts;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.stream.ResumePoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random histories: one result, however often the process dies, and the one that a naive model finds. */
class RandomHistoryLawsTest {
    private static final List<Promotion> PROMOTIONS = RandomHistory.PROMOTIONS;
    private static final int SEEDS = 500;

    private static VerifierCore restored(Checkpoint checkpoint, List<StateEntry> entries, Lsn confirmed) {
        return new VerifierCore(PROMOTIONS, id -> ValueSeal.PLAIN, checkpoint.state(), entries, confirmed);
    }

    private static VerifierCore fresh() {
        CoreState state = CoreState.initial(1, ResumePoint.startingAt(Lsn.ZERO), 0);
        return new VerifierCore(PROMOTIONS, id -> ValueSeal.PLAIN, state, List.of(), Lsn.ZERO);
    }

    private static List<List<Effect>> uninterrupted(List<Step> steps, VerifierCore core) {
        return steps.stream().map(step -> core.step(step.input())).toList();
    }

    /** Holds one step; asserts only when it must, because a million steps are told here. */
    private static void tells(VerifierCore core, Input input, List<Effect> expected, String place) {
        List<Effect> told = core.step(input);
        if (!told.equals(expected)) {
            assertThat(told).as("died at %s", place).isEqualTo(expected);
        }
    }

    @Test
    void aRunThatDiesAtAnyCheckpointTellsWhatAnUninterruptedRunTells() {
        Seeds.each(SEEDS, seed -> {
            List<Step> steps = RandomHistory.of(seed);
            VerifierCore original = fresh();
            List<List<Effect>> expected = uninterrupted(steps, original);
            Ledger whole = new Ledger();
            Checkpoint last = whole.keep(original.checkpoint());

            Random random = new Random(seed);
            VerifierCore core = fresh();
            Ledger ledger = new Ledger();
            List<Lsn> confirmable = new ArrayList<>(List.of(Lsn.ZERO));
            for (int i = 0; i < steps.size(); i++) {
                Checkpoint checkpoint = ledger.keep(core.checkpoint());
                confirmable.add(checkpoint.state().resume().watermark());
                Lsn confirmed = confirmable.get(random.nextInt(confirmable.size()));
                List<StateEntry> entries = ledger.entries();
                Collections.shuffle(entries, random);

                VerifierCore heir = restored(checkpoint, entries, confirmed);
                Ledger its = ledger.copy();
                assertThat(its.keep(heir.checkpoint()).state()).isEqualTo(checkpoint.state());
                assertThat(heir.statuses()).isEqualTo(core.statuses());
                RandomHistory.shownAgain(steps.subList(0, i), confirmed, random)
                        .forEach(input -> tells(heir, input, List.of(), "it was shown again"));
                for (int j = i; j < steps.size(); j++) {
                    tells(heir, steps.get(j).seenFrom(confirmed), expected.get(j), i + ", step " + j);
                }
                assertThat(its.keep(heir.checkpoint()).state()).isEqualTo(last.state());
                assertThat(its.contents()).isEqualTo(whole.contents());
                assertThat(core.step(steps.get(i).input())).isEqualTo(expected.get(i));
            }
        });
    }

    @Test
    void aRunThatDiesAgainAndAgainTellsWhatAnUninterruptedRunTells() {
        Seeds.each(SEEDS, seed -> {
            List<Step> steps = RandomHistory.of(seed);
            List<List<Effect>> expected = uninterrupted(steps, fresh());
            Random random = new Random(seed);
            VerifierCore core = fresh();
            Ledger ledger = new Ledger();
            Lsn confirmed = Lsn.ZERO;
            for (int i = 0; i < steps.size(); i++) {
                if (random.nextInt(4) == 0) {
                    Checkpoint checkpoint = ledger.keep(core.checkpoint());
                    Lsn watermark = checkpoint.state().resume().watermark();
                    confirmed = random.nextBoolean() ? watermark : confirmed;
                    if (random.nextBoolean()) {
                        core = restored(checkpoint, ledger.entries(), confirmed);
                    } else {
                        core.streamFrom(confirmed);
                    }
                    for (Input input : RandomHistory.shownAgain(steps.subList(0, i), confirmed, random)) {
                        assertThat(core.step(input)).isEmpty();
                    }
                }
                assertThat(core.step(steps.get(i).seenFrom(confirmed)))
                        .as("step %d", i)
                        .isEqualTo(expected.get(i));
            }
        });
    }

    @Test
    void noEventIdComesTwice() {
        Seeds.each(
                SEEDS,
                seed -> assertThat(uninterrupted(RandomHistory.of(seed), fresh()).stream()
                                .flatMap(List::stream)
                                .map(Effect::eventId))
                        .doesNotHaveDuplicates());
    }

    @Test
    void everyChangeHasOneOutcomeOrWaitsForItsTransaction() {
        Seeds.each(SEEDS, seed -> {
            VerifierCore core = fresh();
            Ledger ledger = new Ledger();
            long[] folded = new long[PROMOTIONS.size()];
            long[] backfilled = new long[PROMOTIONS.size()];
            for (Step step : RandomHistory.of(seed)) {
                for (Effect effect : core.step(step.input())) {
                    if (effect instanceof Effect.ChangeRecorded recorded) {
                        for (int i = 0; i < folded.length; i++) {
                            boolean own = recorded.change()
                                    .event()
                                    .table()
                                    .equals(PROMOTIONS.get(i).table());
                            folded[i] += own ? 1 : 0;
                            backfilled[i] += own && recorded.change().event().origin() == Origin.BACKFILL ? 1 : 0;
                        }
                    }
                }
                Checkpoint checkpoint = ledger.keep(core.checkpoint());
                for (int i = 0; i < folded.length; i++) {
                    Promotion promotion = PROMOTIONS.get(i);
                    Counts counts = checkpoint.statuses().get(i).counts();
                    assertThat(counts.changes()).isEqualTo(folded[i] - ModelCheck.waiting(ledger, promotion));
                    assertThat(counts.apart().backfill()).isEqualTo(backfilled[i]);
                    assertThat(counts.changes())
                            .isEqualTo(counts.matched()
                                    + counts.absent()
                                    + counts.mismatches()
                                    + counts.superseded()
                                    + counts.explanations()
                                    + counts.unverifiables()
                                    + counts.skips());
                }
            }
        });
    }

    @Test
    void countersAndFindingsAreThoseOfANaiveModel() {
        Seeds.each(SEEDS, seed -> {
            List<Step> steps = RandomHistory.of(seed);
            VerifierCore core = fresh();
            uninterrupted(steps, core);
            Ledger ledger = new Ledger();
            ModelCheck.agrees(steps, ledger.keep(core.checkpoint()), ledger);
        });
    }
}
