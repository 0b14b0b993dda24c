package io.promotionverifier.core.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.RowChange;
import io.promotionverifier.core.fixture.Readings;
import io.promotionverifier.core.fixture.ScriptedSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every row of a committed transaction is passed on once, with its place, over all restarts. */
class TransactionTrackerTest {
    private final ScriptedSource source = new ScriptedSource();

    private static List<RowChange> follow(TransactionTracker tracker, List<ScriptedSource.Shown> shown) {
        List<RowChange> passed = new ArrayList<>();
        shown.forEach(it -> tracker.arrive(ScriptedSource.seenFrom(Lsn.ZERO, it.arrival()), passed::add));
        return passed;
    }

    private static TransactionTracker fresh() {
        return new TransactionTracker(ResumePoint.startingAt(Lsn.ZERO), Lsn.ZERO);
    }

    private static long row(RowChange change) {
        return Long.parseLong(change.event().key().orElseThrow().json().replaceAll("\\D", ""));
    }

    @Test
    void theLastRowIsHeldBackUntilTheNextArrivalShowsThatItIsTheLast() {
        source.tx(1).insert(1, "a", "a").insert(2, "a", "a").commit();
        TransactionTracker tracker = fresh();

        assertThat(follow(tracker, source.shown()))
                .extracting(RowChange::lastOfTransaction)
                .containsExactly(false);
        assertThat(tracker.resumePoint().partial().orElseThrow().rows()).isEqualTo(1);
        assertThat(tracker.resumePoint().last()).isEmpty();
    }

    @Test
    void rowLsnsThatGoBackBetweenTransactionsMeanNothing() {
        var early = source.tx(1).reserve(2, false);
        source.tx(2).insert(1, "a", "a").commit();
        early.insert(2, "a", "a").insert(3, "a", "a").commit();
        source.mark();

        List<RowChange> passed = follow(fresh(), source.shown());
        assertThat(passed).extracting(TransactionTrackerTest::row).containsExactly(1L, 2L, 3L);
        assertThat(passed).extracting(change -> change.position().order()).containsExactly(0L, 0L, 1L);
        assertThat(passed).extracting(RowChange::lastOfTransaction).containsExactly(true, false, true);
    }

    @Test
    void aMarkInsideATransactionDoesNotEndIt() {
        source.elsewhere();
        source.tx(1).insert(1, "a", "a").markHere().insert(2, "a", "a").commit();
        source.mark();

        assertThat(follow(fresh(), source.shown()))
                .extracting(RowChange::lastOfTransaction)
                .containsExactly(false, true);
    }

    @Test
    void theWatermarkNeverPassesWhatIsFolded() {
        source.tx(1).insert(1, "a", "a").commit();
        source.tx(2).insert(2, "a", "a").commit();
        TransactionTracker tracker = fresh();
        follow(tracker, source.shown());

        Lsn endOfFirst = source.shown().get(0).end();
        assertThat(tracker.watermark()).isEqualTo(endOfFirst);
        assertThat(tracker.resumePoint().last()).contains(new ResumePoint.Closed(1, endOfFirst));
    }

    @Test
    void anotherTransactionThanTheOneFoldedInPartIsALostStream() {
        source.tx(1).insert(1, "a", "a").insert(2, "a", "a").insert(3, "a", "a").commit();
        TransactionTracker tracker = fresh();
        follow(tracker, source.shown());

        ScriptedSource other = new ScriptedSource();
        other.tx(2).insert(1, "a", "a").commit();
        TransactionTracker heir = new TransactionTracker(tracker.resumePoint(), Lsn.ZERO);
        assertThatThrownBy(() -> follow(heir, other.shown()))
                .isInstanceOf(RedeliveryException.class)
                .hasMessageContaining("transaction 1")
                .hasMessageContaining("transaction 2");
    }

    @Test
    void aTransactionThatComesAgainShorterIsALostStream() {
        source.tx(1).insert(1, "a", "a").insert(2, "a", "a").insert(3, "a", "a").commit();
        TransactionTracker tracker = fresh();
        follow(tracker, source.shown());

        ScriptedSource other = new ScriptedSource();
        other.tx(1).insert(1, "a", "a").commit();
        other.mark();
        TransactionTracker heir = new TransactionTracker(tracker.resumePoint(), Lsn.ZERO);
        assertThatThrownBy(() -> follow(heir, other.shown())).isInstanceOf(RedeliveryException.class);
    }

    @Test
    void onlyWhatWasNotFoldedIsPassedOnAfterARestart() {
        source.tx(1).insert(1, "a", Readings.NONE).commit();
        source.tx(2).insert(2, "a", "a").insert(3, "a", "a").insert(4, "a", "a").commit();
        source.mark();
        List<ScriptedSource.Shown> shown = source.shown();
        TransactionTracker tracker = fresh();
        assertThat(follow(tracker, shown.subList(0, 3))).hasSize(2);

        TransactionTracker heir = new TransactionTracker(tracker.resumePoint(), Lsn.ZERO);
        List<RowChange> passed = follow(heir, shown);
        assertThat(passed).extracting(TransactionTrackerTest::row).containsExactly(3L, 4L);
        assertThat(passed).extracting(change -> change.position().order()).containsExactly(1L, 2L);
    }

    @Test
    void whatFollowsTheLastFoldedTransactionIsNewAlsoWhenItsEndWasSeenLate() {
        source.tx(1).insert(1, "a", "a").commit();
        List<ScriptedSource.Shown> first = source.shown();
        TransactionTracker tracker = fresh();
        follow(tracker, first);
        Lsn late = new Lsn(first.get(0).end().value() + 1_000);
        tracker.arrive(new Arrival.Mark(Optional.of(late)), change -> {});
        assertThat(tracker.resumePoint().last()).contains(new ResumePoint.Closed(1, late));

        source.tx(2).insert(2, "a", "a").commit();
        source.mark();
        TransactionTracker heir = new TransactionTracker(tracker.resumePoint(), Lsn.ZERO);
        assertThat(follow(heir, source.shown()))
                .extracting(TransactionTrackerTest::row)
                .containsExactly(2L);
    }

    @Test
    void whatFollowsATransactionThatNeedNotComeAgainIsNew() {
        source.tx(1).insert(1, "a", "a").commit();
        Lsn ownEnd = source.shown().get(0).end();
        source.elsewhere();
        source.mark();
        TransactionTracker tracker = fresh();
        follow(tracker, source.shown());
        source.tx(2).insert(2, "a", "a").commit();
        source.heartbeat(1);

        TransactionTracker heir = new TransactionTracker(tracker.resumePoint(), ownEnd);
        List<RowChange> passed = new ArrayList<>();
        source.shown().stream()
                .skip(2)
                .forEach(it -> heir.arrive(ScriptedSource.seenFrom(ownEnd, it.arrival()), passed::add));
        assertThat(passed).extracting(TransactionTrackerTest::row).containsExactly(2L);
    }

    @Test
    void aTransactionOfWhichNothingIsFoldedIsNotWaitedFor() {
        source.tx(1).insert(1, "a", "a").commit();
        TransactionTracker tracker = fresh();
        assertThat(follow(tracker, source.shown())).isEmpty();
        assertThat(tracker.resumePoint().partial()).isEmpty();
    }
}
