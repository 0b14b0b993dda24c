package io.promotionverifier.core.census;

import static io.promotionverifier.core.fixture.PromotionFixture.CASES;
import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.fixture.Readings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RowsInFlightTest {
    private static TransactionSnapshot snapshot(String text) {
        return TransactionSnapshot.parse(text);
    }

    private static void change(RowsInFlight rows, long transaction, long key) {
        rows.shown(transaction);
        rows.changed(transaction, CASES, Optional.of(Readings.key(key)));
    }

    @Test
    void aRowIsInFlightForTheSnapshotsThatDoNotSeeItsTransaction() {
        RowsInFlight rows = new RowsInFlight(OptionalLong.empty());
        change(rows, 10, 1);
        change(rows, 11, 2);
        RowsInFlight.Behind behind = rows.behind(snapshot("11:12:11"));
        assertThat(behind.isChanged(CASES, Readings.key(1))).isFalse();
        assertThat(behind.isChanged(CASES, Readings.key(2))).isTrue();
        assertThat(behind.isEmptied(CASES)).isFalse();

        rows.forgetSeenBy(snapshot("12:12:"));
        assertThat(rows.behind(snapshot("5:5:")).isChanged(CASES, Readings.key(2)))
                .isFalse();
    }

    @Test
    void nothingIsCoveredBeforeEveryTransactionOfTheTimeBeforeHasEnded() {
        RowsInFlight rows = new RowsInFlight(OptionalLong.of(20));
        assertThat(rows.covers(snapshot("20:25:20"))).isFalse();
        assertThat(rows.covers(snapshot("21:25:21"))).isTrue();
        change(rows, 30, 1);
        assertThat(rows.covers(snapshot("21:25:21"))).isTrue();
        rows.watchAnew();
        assertThat(rows.covers(snapshot("30:31:"))).isFalse();
        assertThat(rows.covers(snapshot("31:31:"))).isTrue();
    }

    @Test
    void beyondTheLimitItWatchesAnewRatherThanForgetSomeRows() {
        RowsInFlight rows = new RowsInFlight(OptionalLong.empty(), 2);
        change(rows, 10, 1);
        change(rows, 10, 2);
        assertThat(rows.covers(snapshot("5:5:"))).isTrue();
        change(rows, 10, 3);
        assertThat(rows.covers(snapshot("5:5:"))).isFalse();
        assertThat(rows.covers(snapshot("11:11:"))).isTrue();
    }

    /** A backlog of any size: a census begins while its snapshot sees all of it. */
    @Test
    void whatALaterSnapshotSeesAnywayIsNotRemembered() {
        RowsInFlight rows = new RowsInFlight(OptionalLong.empty(), 2);
        rows.forgetSeenBy(snapshot("100:103:101"));
        for (long transaction = 10; transaction < 100; transaction++) {
            change(rows, transaction, transaction);
        }
        change(rows, 101, 1);
        change(rows, 102, 2);
        change(rows, 103, 3);
        assertThat(rows.covers(snapshot("100:104:101"))).isTrue();
        RowsInFlight.Behind behind = rows.behind(snapshot("100:103:101"));
        assertThat(behind.isChanged(CASES, Readings.key(1))).isTrue();
        assertThat(behind.isChanged(CASES, Readings.key(2))).isFalse();
        assertThat(behind.isChanged(CASES, Readings.key(3))).isTrue();
    }

    /** Another server may have taken over, which counts its transactions from elsewhere. */
    @Test
    void aSnapshotOfBeforeSaysNothingOfAServerThatTookOver() {
        RowsInFlight behindAGap = new RowsInFlight(OptionalLong.empty());
        behindAGap.forgetSeenBy(snapshot("100:100:"));
        behindAGap.watchAnew();
        RowsInFlight behindAPause = new RowsInFlight(OptionalLong.empty());
        behindAPause.forgetSeenBy(snapshot("100:100:"));
        behindAPause.forgetSnapshot();
        for (RowsInFlight rows : List.of(behindAGap, behindAPause)) {
            change(rows, 50, 1);
            assertThat(rows.behind(snapshot("50:51:50")).isChanged(CASES, Readings.key(1)))
                    .isTrue();
        }
    }
}
