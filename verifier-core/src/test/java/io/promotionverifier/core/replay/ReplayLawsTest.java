package io.promotionverifier.core.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.compare.SealedValue;
import io.promotionverifier.core.compare.ValueSeal;
import io.promotionverifier.core.fixture.Ledger;
import io.promotionverifier.core.fixture.Mirror;
import io.promotionverifier.core.fixture.RandomHistory;
import io.promotionverifier.core.fixture.RandomHistory.Step;
import io.promotionverifier.core.fixture.Readings;
import io.promotionverifier.core.fixture.Seeds;
import io.promotionverifier.core.fixture.Simulation;
import io.promotionverifier.core.pipeline.Checkpoint;
import io.promotionverifier.core.pipeline.CoreState;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.pipeline.Input;
import io.promotionverifier.core.pipeline.PromotionStatus;
import io.promotionverifier.core.pipeline.VerifierCore;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.stream.ResumePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What was published follows from the history alone, whatever befell the verifier that wrote it. */
class ReplayLawsTest {
    private static final int SEEDS = Math.min(150, Integer.getInteger("verifier.seeds", 150));
    private static final CoreState INITIAL = CoreState.initial(1, ResumePoint.startingAt(Lsn.ZERO), 0);

    /** Digests without a key: what is behind them does not matter to a replay. */
    private static final ValueSeal REDACTED =
            value -> new SealedValue(Integer.toHexString(value.hashCode() * 31 + 7), value.length(), false);

    private static VerifierCore live(ValueSeal seal) {
        return new VerifierCore(RandomHistory.PROMOTIONS, id -> seal, INITIAL, List.of(), Lsn.ZERO);
    }

    private static List<Effect> told(VerifierCore core, long seed) {
        List<Effect> effects = new ArrayList<>(core.step(new Input.RunBegins(1, "test")));
        for (Step step : RandomHistory.of(seed)) {
            effects.addAll(core.step(step.input()));
        }
        return effects;
    }

    private static List<Effect> again(Replay replay, List<Effect> effects) {
        List<Effect> again = new ArrayList<>();
        for (Effect effect : effects) {
            if (effect instanceof Effect.Recorded recorded) {
                again.addAll(replay.step(recorded));
            }
        }
        return Mirror.published(again);
    }

    private static Replay fromTheBegin() {
        return Replay.ofGeneration(1, Lsn.ZERO, Rulebook.OF_THEN);
    }

    @Test
    void aHistoryToldAgainLeadsToWhatWasPublished() {
        Seeds.each(SEEDS, seed -> {
            List<Effect> effects = told(live(ValueSeal.PLAIN), seed);
            assertThat(again(fromTheBegin(), effects)).isEqualTo(Mirror.published(effects));
        });
    }

    @Test
    void aReplayOfWhatAReplayWasToldSaysTheSameAgain() {
        Seeds.each(SEEDS, seed -> {
            List<Effect> effects = told(live(ValueSeal.PLAIN), seed);
            List<Effect> once = retold(effects, (Effect.RunRecorded) effects.get(0));
            List<Effect> twice = retold(once, (Effect.RunRecorded) effects.get(0));

            assertThat(Mirror.published(once)).isEqualTo(Mirror.published(effects));
            assertThat(twice).isEqualTo(once);
        });
    }

    /** All that a core says and records when it is told a history; the end of a census follows from its chunks. */
    private static List<Effect> retold(List<Effect> effects, Effect.RunRecorded run) {
        VerifierCore core = VerifierCore.after(run.rules(), run.room(), INITIAL, List.of());
        List<Effect> again = new ArrayList<>();
        for (Effect effect : effects) {
            boolean isTold = !(effect instanceof Effect.CensusEnded) && !(effect instanceof Effect.RunRecorded);
            if (isTold && effect instanceof Effect.Recorded recorded) {
                core.replay(recorded, again::add);
            }
        }
        return again;
    }

    @Test
    void digestsAreJudgedAsTheValuesWere() {
        Seeds.each(SEEDS, seed -> {
            VerifierCore core = live(REDACTED);
            List<Effect> effects = told(core, seed);
            Replay replay = fromTheBegin();
            List<Effect> again = again(replay, effects);
            assertThat(counted(replay.statuses())).isEqualTo(counted(core.statuses()));
            assertThat(turnsAndAborts(again)).isEqualTo(turnsAndAborts(effects));
        });
    }

    private static List<Object> counted(List<PromotionStatus> statuses) {
        return statuses.stream()
                .<Object>map(status ->
                        List.of(status.counts(), status.findings(), status.rates(), status.latency(), status.verdict()))
                .toList();
    }

    private static List<Effect> turnsAndAborts(List<Effect> effects) {
        return Mirror.published(effects).stream()
                .filter(effect -> !(effect instanceof Effect.CountersCut))
                .toList();
    }

    @Test
    void theHistoryOfAVerifierThatDiedAgainAndAgainLeadsToWhatItPublished() {
        Seeds.each(SEEDS, seed -> {
            Simulation simulation = new Simulation(seed);
            simulation.run();
            List<Effect> kept = simulation.published();
            assertThat(again(fromTheBegin(), kept)).isEqualTo(Mirror.published(kept));
        });
    }

    @Test
    void aReplayFromAnyCheckpointSaysWhatFollowedIt() {
        Seeds.each(SEEDS, seed -> {
            VerifierCore core = live(ValueSeal.PLAIN);
            Ledger ledger = new Ledger();
            Effect.RunRecorded run = (Effect.RunRecorded)
                    core.step(new Input.RunBegins(1, "test")).get(0);
            List<Step> steps = RandomHistory.of(seed);
            int at = (int) (seed % steps.size());
            steps.subList(0, at).forEach(step -> core.step(step.input()));
            Checkpoint checkpoint = ledger.keep(core.wholeCheckpoint());
            List<Effect> after = new ArrayList<>();
            steps.subList(at, steps.size()).forEach(step -> after.addAll(core.step(step.input())));

            Replay replay =
                    Replay.from(run.rules(), run.room(), checkpoint.state(), ledger.entries(), Rulebook.OF_THEN);
            assertThat(again(replay, after)).isEqualTo(Mirror.published(after));
        });
    }

    @Test
    void aReplayOfSomePromotionsSaysOfThemWhatWasSaid() {
        PromotionId only = RandomHistory.PROMOTIONS.get(1).id();
        Rulebook one = Rulebook.OF_THEN.only(rules -> rules.promotion().id().equals(only));
        Seeds.each(SEEDS, seed -> {
            List<Effect> effects = told(live(ValueSeal.PLAIN), seed);
            assertThat(turnsAndAborts(again(Replay.ofGeneration(1, Lsn.ZERO, one), effects)))
                    .isEqualTo(turnsAndAborts(effects).stream()
                            .filter(effect -> effect.eventId().startsWith(only.value()))
                            .toList());
        });
    }

    @Test
    void aReplayOfARowThatKeptItsKeySaysOfItWhatWasSaid() {
        Rulebook row = Rulebook.OF_THEN.ofRow(Readings.key(3)::equals);
        AtomicInteger held = new AtomicInteger();
        Seeds.each(SEEDS, seed -> {
            List<Effect> effects = told(live(ValueSeal.PLAIN), seed);
            if (effects.stream().noneMatch(ReplayLawsTest::changesAKey)) {
                List<Effect> turns = turnsOfRow(effects);
                held.addAndGet(turns.size());
                assertThat(again(Replay.ofGeneration(1, Lsn.ZERO, row), effects))
                        .containsAll(turns);
            }
        });
        assertThat(held.get()).isPositive();
    }

    private static boolean changesAKey(Effect effect) {
        return effect instanceof Effect.ChangeRecorded recorded
                && recorded.change().event().oldKey().isPresent();
    }

    private static List<Effect> turnsOfRow(List<Effect> effects) {
        return effects.stream()
                .filter(effect -> effect instanceof Effect.FindingTurned turned
                        && turned.turn().finding().key().equals(Readings.key(3)))
                .toList();
    }
}
