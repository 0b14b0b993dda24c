package io.promotionverifier.core.stream;

import static io.promotionverifier.core.fixture.Readings.TOAST;
import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.fixture.ScriptedSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What waits for the end of its transaction, and how much may. */
class HoldbackTest {
    private final ScriptedSource source = new ScriptedSource();
    private final Holdback holdback = new Holdback();
    private int told;

    static boolean lacking(Arrival.Row row) {
        return row.event().operation() == Operation.LEFT
                || row.event().readings().stream().anyMatch(Reading::lacksDocument);
    }

    private List<Arrival> shown() {
        List<Arrival> all =
                source.shown().stream().map(ScriptedSource.Shown::arrival).toList();
        List<Arrival> news = List.copyOf(all.subList(told, all.size()));
        told = all.size();
        return news;
    }

    private Holdback.Released release() {
        return holdback.release(shown(), HoldbackTest::lacking);
    }

    @Test
    void whatLacksNothingNeverWaits() {
        source.tx(1).insert(1, "a", "a").insert(2, "a", "a").commit();
        assertThat(release().arrivals()).hasSize(2);
    }

    @Test
    void aRowThatLacksAValueWaitsWithAllBehindItForTheEndOfItsTransaction() {
        source.elsewhere();
        source.tx(1)
                .insert(1, "a", "a")
                .update(2, "a", TOAST)
                .insert(3, "a", "a")
                .commit();
        assertThat(release()).isEqualTo(new Holdback.Released(List.of(row(0)), 1));
        source.mark();
        assertThat(release()).isEqualTo(new Holdback.Released(List.of(row(1), row(2), row(3)), 3));
        assertThat(release().arrivals()).isEmpty();
    }

    private Arrival row(int index) {
        return source.shown().get(index).arrival();
    }

    @Test
    void theNextTransactionEndsTheOneBeforeAndWaitsForItself() {
        source.tx(1).update(1, "a", TOAST).commit();
        source.tx(2).update(2, "a", TOAST).commit();
        assertThat(release()).isEqualTo(new Holdback.Released(List.of(row(0)), 1));
        source.heartbeat(1);
        assertThat(release()).isEqualTo(new Holdback.Released(List.of(row(1), row(2)), 2));
    }

    @Test
    void aMarkInsideATransactionEndsNothing() {
        source.elsewhere();
        source.tx(1).update(1, "a", TOAST).markHere().update(2, "a", TOAST).commit();
        assertThat(release().arrivals()).isEmpty();
        source.mark();
        assertThat(release().ended()).isEqualTo(4);
    }

    @Test
    void whatWaitsIsForgottenWhenTheSourceBeginsAgain() {
        source.tx(1).update(1, "a", TOAST).commit();
        release();
        holdback.forget();
        source.mark();
        assertThat(release().arrivals()).hasSize(1);
    }

    @Test
    void aTransactionBeyondTheBoundIsLetGoUnproven() {
        ScriptedSource.Transaction large = source.tx(1).insert(0, "a", "a");
        for (int i = 1; i <= Holdback.MOST_ARRIVALS + 1; i++) {
            large.update(i, "a", TOAST);
        }
        large.commit();
        Holdback.Released released = release();
        assertThat(released.arrivals()).hasSize(Holdback.MOST_ARRIVALS + 2);
        assertThat(released.ended()).isEqualTo(1);
        source.mark();
        assertThat(release().arrivals()).hasSize(1);
    }

    @Test
    void asManyAsTheBoundSaysWaitHoweverManyCameBefore() {
        ScriptedSource.Transaction large = source.tx(1).insert(0, "a", "a");
        for (int i = 1; i <= Holdback.MOST_ARRIVALS; i++) {
            large.update(i, "a", TOAST);
        }
        large.commit();
        assertThat(release()).isEqualTo(new Holdback.Released(List.of(row(0)), 1));
    }

    /** A quarter of the characters that may wait. */
    private static String quarter() {
        return "x".repeat((int) (Holdback.MOST_CHARACTERS / 4));
    }

    @Test
    void valuesUpToTheBoundWaitHoweverLargeThoseBeforeThemAre() {
        String quarter = quarter();
        source.tx(1)
                .insert(1, quarter, quarter)
                .update(2, "", TOAST)
                .insert(3, quarter, quarter)
                .insert(4, quarter, quarter)
                .commit();
        assertThat(release()).isEqualTo(new Holdback.Released(List.of(row(0)), 1));
    }

    @Test
    void oneCharacterBeyondTheBoundLetsAllGoUnproven() {
        String quarter = quarter();
        source.tx(1)
                .update(1, "x", TOAST)
                .insert(2, quarter, quarter)
                .insert(3, quarter, quarter)
                .commit();
        assertThat(release()).isEqualTo(new Holdback.Released(List.of(row(0), row(1), row(2)), 0));
    }

    @Test
    void nothingIsLostAndNothingComesTwice() {
        List<Arrival> released = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            source.tx(i).insert(i, "a", "a").update(i, "b", TOAST).commit();
            if (i % 3 == 0) {
                source.mark();
            }
            released.addAll(release().arrivals());
        }
        source.heartbeat(9);
        released.addAll(release().arrivals());
        assertThat(released)
                .isEqualTo(source.shown().stream()
                        .map(ScriptedSource.Shown::arrival)
                        .toList());
    }
}
