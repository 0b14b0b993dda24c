package io.promotionverifier.core.pipeline;

import static io.promotionverifier.core.fixture.PromotionFixture.CASES;
import static io.promotionverifier.core.fixture.PromotionFixture.promotion;
import static io.promotionverifier.core.fixture.ScriptedSource.second;
import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.compare.ValueSeal;
import io.promotionverifier.core.fixture.RandomHistory;
import io.promotionverifier.core.fixture.RandomHistory.Step;
import io.promotionverifier.core.fixture.Readings;
import io.promotionverifier.core.fixture.Screen;
import io.promotionverifier.core.fixture.Seeds;
import io.promotionverifier.core.fixture.Story;
import io.promotionverifier.core.judge.Abort;
import io.promotionverifier.core.judge.Verdict;
import io.promotionverifier.core.ledger.TableCount;
import io.promotionverifier.core.promotion.Capture;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.settle.Finding;
import io.promotionverifier.core.settle.FindingState;
import io.promotionverifier.core.settle.Resolution;
import io.promotionverifier.core.stream.ResumePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The server compares first: the same is found, and nothing is claimed that did not arrive. */
class SuspectsLawsTest {
    private static final int SEEDS = Math.min(150, Integer.getInteger("verifier.seeds", 150));

    private static Story story() {
        return new Story(
                promotion("PROMO-001").sequential(0.01, 0.01).screened().build());
    }

    private static Input counted(long inserted, double second) {
        return new Input.Counted(CASES, new TableCount(inserted, 0, 0, second(second)));
    }

    private static void enter(Story story, long tx, double second, long key) {
        story.tx(tx)
                .at(second)
                .row(Operation.ENTERED, key, List.of(Readings.reading("a", "b")))
                .commit();
        story.settle();
    }

    private static void leave(Story story, long tx, double second, long key) {
        story.tx(tx).at(second).row(Operation.LEFT, key, List.of()).commit();
        story.settle();
    }

    @Test
    void aRowThatLeavesTheSuspectsEndsItsFindingAndNobodyClaimsWhy() {
        Story story = story();
        enter(story, 1, 1, 7);
        leave(story, 2, 3, 7);

        Finding ended = story.lastTurn();
        assertThat(ended.state()).isEqualTo(FindingState.RESOLVED);
        assertThat(ended.resolution()).hasValue(Resolution.CLEARED);
        assertThat(ended.latency()).isEmpty();
        assertThat(story.status().latency().samples()).isZero();
        assertThat(story.counts().skips()).isEqualTo(1);
    }

    @Test
    void aRowThatWasSeenAsItsChangeLeftItConvergesWithItsLatency() {
        Story story = story();
        enter(story, 1, 1, 7);
        story.tx(2).at(3).update(7, "b", "b").commit();
        story.settle();

        assertThat(story.lastTurn().state()).isEqualTo(FindingState.CONVERGED);
        assertThat(story.lastTurn().latency()).hasValue(java.time.Duration.ofSeconds(2));
    }

    @Test
    void aRowThatLeavesAndEntersInOneTransactionKeepsItsEpisode() {
        Story story = story();
        enter(story, 1, 1, 7);
        story.tx(2)
                .at(3)
                .row(Operation.LEFT, 7, List.of())
                .row(Operation.ENTERED, 7, List.of(Readings.reading("a", "c")))
                .commit();
        story.settle();

        assertThat(story.turns()).extracting(Finding::episode).containsOnly(1);
        assertThat(story.lastTurn().state()).isEqualTo(FindingState.SUSPECTED);
    }

    @Test
    void noRateIsJudgedBeforeStatisticsTellHowMuchWasWritten() {
        Story story = story();
        for (int key = 1; key <= 20; key++) {
            enter(story, key, 1, key);
        }
        story.heartbeat(100);

        assertThat(story.status().findings().confirmed()).isEqualTo(20);
        assertThat(story.aborts()).isEmpty();
    }

    @Test
    void whatWasWrittenBeforeTheFirstLookIsHeldAgainstNoEstimate() {
        Story story = story();
        for (int key = 1; key <= 20; key++) {
            enter(story, key, 1, key);
        }
        story.tell(counted(5_000_000, 50)).heartbeat(100);
        story.tell(counted(5_000_100, 101));

        assertThat(story.status().findings().confirmed()).isEqualTo(20);
        assertThat(story.aborts()).isEmpty();
    }

    @Test
    void anEstimateRaisesTheAbortAndIsLabelled() {
        Story story = story();
        story.tell(counted(1_000, 0));
        for (int key = 1; key <= 20; key++) {
            enter(story, key, 1, key);
        }
        story.heartbeat(100);
        story.tell(counted(1_100, 101));

        assertThat(story.aborts()).hasSize(1);
        Abort.Evidence evidence = story.aborts().get(0).evidence().orElseThrow();
        assertThat(evidence.estimated()).isTrue();
        assertThat(evidence.sample()).isEqualTo(100);
        assertThat(evidence.mismatched()).isEqualTo(20);
        assertThat(story.aborts().get(0).reason()).contains("about 100 row versions (an estimate");
    }

    @Test
    void manyOtherWritesKeepAFewBadRowsBelowTheLimit() {
        Story story = story();
        story.tell(counted(0, 0));
        enter(story, 1, 1, 1);
        enter(story, 2, 1, 2);
        story.heartbeat(100);
        story.tell(counted(1_000_000, 101));

        assertThat(story.aborts()).isEmpty();
        assertThat(story.status().rate().estimated()).isTrue();
        assertThat(story.status().rate().settledRows()).isEqualTo(1_000_000);
        assertThat(story.status().rate().upperBound()).isEmpty();
    }

    @Test
    void anEstimateAloneIsNeverShownAsGood() {
        Story story = story();
        story.tell(counted(0, 0));
        story.heartbeat(100);
        story.tell(counted(1_000_000, 101));

        assertThat(story.status().verdict()).isEqualTo(Verdict.INSUFFICIENT_DATA);
        assertThat(story.status().reason()).contains("an estimate").contains("census");
        assertThat(story.status().seen().exact()).isFalse();
    }

    @Test
    void estimatesGoOnAfterARestartAndAfterTheStatisticsBeganAgain() {
        Story story = story();
        story.tell(counted(1_000, 0)).heartbeat(1).tell(counted(1_500, 2));
        story.restart();
        story.heartbeat(3).tell(counted(1_700, 4)).tell(counted(40, 5));

        assertThat(story.status().estimate().orElseThrow().inserted()).isEqualTo(740);
        assertThat(story.status().rate().settledRows()).isEqualTo(740);
    }

    @Test
    void aClearLetsOnlyLaterEstimatesCount() {
        Story story = story();
        story.tell(counted(0, 0)).heartbeat(1).tell(counted(500, 2)).raise(3).clear(4);

        assertThat(story.status().rate().settledRows()).isZero();
        story.tell(counted(600, 5));
        assertThat(story.status().estimate().orElseThrow().inserted()).isEqualTo(100);
    }

    private static List<Promotion> screened() {
        return RandomHistory.PROMOTIONS.stream()
                .map(each -> new Promotion(
                        each.id(),
                        each.table(),
                        each.from(),
                        each.to(),
                        each.type(),
                        each.phase(),
                        each.started(),
                        each.owner(),
                        each.domain(),
                        each.references(),
                        each.waivers(),
                        new Promotion.Policy(
                                each.policy().window(),
                                each.policy().grace(),
                                each.policy().session(),
                                each.policy().mismatchRate(),
                                each.policy().latency(),
                                Capture.SUSPECTS)))
                .toList();
    }

    private static VerifierCore core(List<Promotion> promotions) {
        CoreState state = CoreState.initial(1, ResumePoint.startingAt(Lsn.ZERO), 0);
        return new VerifierCore(promotions, id -> ValueSeal.PLAIN, state, List.of(), Lsn.ZERO);
    }

    /**
     * What a finding says of its row, whatever became of it; the end of a transaction has the position of the last row
     * that was shown of it.
     */
    private static String told(Finding finding) {
        boolean ended = finding.resolution().isPresent();
        return String.join(
                " ",
                finding.promotion().value(),
                finding.opened().toString(),
                ended
                        ? "ended "
                                + finding.settled()
                                        .map(at -> at.transaction() + " " + at.time())
                                        .orElse("")
                        : finding.kind() + " " + finding.key() + " " + finding.column() + " " + finding.document());
    }

    /** The same with its state: that of an open one does not say when it was confirmed. */
    private static String toldWithState(Finding finding) {
        return told(finding) + " "
                + (finding.resolution().isPresent() ? finding.resolution() + " " + finding.latency() : finding.state());
    }

    private static void collect(List<Effect> effects, List<Finding> findings) {
        effects.stream()
                .filter(Effect.FindingTurned.class::isInstance)
                .forEach(effect ->
                        findings.add(((Effect.FindingTurned) effect).turn().finding()));
    }

    private record Found(List<Finding> whole, List<Finding> screened, Screen screen) {
        private static Set<String> set(List<Finding> findings, Function<Finding, String> told) {
            return findings.stream().map(told).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Found found(long seed, boolean looking) {
        VerifierCore all = core(RandomHistory.PROMOTIONS);
        VerifierCore suspects = core(screened());
        Screen screen = new Screen(RandomHistory.PROMOTIONS, looking);
        List<Finding> whole = new ArrayList<>();
        List<Finding> shown = new ArrayList<>();
        for (Step step : RandomHistory.of(seed)) {
            collect(all.step(step.input()), whole);
            screen.shown(step.input()).ifPresent(input -> collect(suspects.step(input), shown));
        }
        return new Found(whole, shown, screen);
    }

    @Test
    void bothCapturesFindTheSameRowsAndSeeThemEnd() {
        AtomicInteger compared = new AtomicInteger();
        Seeds.each(SEEDS, seed -> {
            Found found = found(seed, false);
            if (!found.screen().ambiguous()) {
                compared.incrementAndGet();
                assertThat(Found.set(found.screened(), SuspectsLawsTest::told))
                        .isEqualTo(Found.set(found.whole(), SuspectsLawsTest::told));
            }
        });
        assertThat(compared.get()).isGreaterThan(SEEDS / 3);
    }

    @Test
    void whereTimeNeverGoesBackBothCapturesConfirmTheSameRows() {
        AtomicInteger confirmed = new AtomicInteger();
        Seeds.each(SEEDS, seed -> {
            Found found = found(seed, false);
            if (!found.screen().ambiguous() && !found.screen().backwards()) {
                Set<String> ours = open(found.screened());
                confirmed.addAndGet(ours.size());
                assertThat(ours).isEqualTo(open(found.whole()));
            }
        });
        assertThat(confirmed.get()).isPositive();
    }

    private static Set<String> open(List<Finding> findings) {
        List<Finding> confirmed = findings.stream()
                .filter(finding -> finding.state() == FindingState.CONFIRMED)
                .toList();
        return Found.set(confirmed, SuspectsLawsTest::told);
    }

    @Test
    void whatIsSaidOfAHealedRowThatWasSeenIsWhatTheOtherCaptureSays() {
        AtomicInteger converged = new AtomicInteger();
        Seeds.each(SEEDS, seed -> {
            Found found = found(seed, true);
            if (!found.screen().rewritten() && !found.screen().backwards()) {
                List<Finding> known = found.screened().stream()
                        .filter(finding -> finding.resolution()
                                .filter(Resolution.AGREED::equals)
                                .isPresent())
                        .toList();
                converged.addAndGet(known.size());
                assertThat(Found.set(found.whole(), SuspectsLawsTest::toldWithState))
                        .containsAll(Found.set(known, SuspectsLawsTest::toldWithState));
            }
        });
        assertThat(converged.get()).isPositive();
    }
}
