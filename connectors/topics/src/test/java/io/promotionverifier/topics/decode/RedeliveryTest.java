package io.promotionverifier.topics.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedeliveryTest {
    private final Redelivery seen = new Redelivery(0);

    private static Place row(long lastCommit, long transaction, long lsn) {
        return new Place(lastCommit, false, 0, transaction, lsn);
    }

    @Test
    void whatIsDeliveredAgainIsDroppedAndWhatFollowsIsNot() {
        assertThat(seen.isNew(row(10, 1, 5), "u1")).isTrue();
        assertThat(seen.isNew(row(20, 2, 15), "u1")).isTrue();
        assertThat(seen.isNew(row(20, 2, 16), "u2")).isTrue();

        assertThat(seen.isNew(row(10, 1, 5), "u1")).isFalse();
        assertThat(seen.isNew(row(20, 2, 15), "u1")).isFalse();
        assertThat(seen.isNew(row(20, 2, 16), "u2")).isFalse();
        assertThat(seen.isNew(row(20, 2, 17), "u2")).isTrue();
        assertThat(seen.isNew(row(30, 3, 4), "u1")).isTrue();
    }

    @Test
    void whatComesAgainFromBeforeTheReadingBeganIsDropped() {
        Redelivery later = new Redelivery(20);

        assertThat(later.isNew(row(19, 1, 15), "u1")).isFalse();
        assertThat(later.isNew(row(20, 2, 3), "u1")).isTrue();
        assertThat(later.isNew(Place.ofMessage(20), "m")).isTrue();
    }

    @Test
    void rowsOfOneLogRecordAreToldApartByTheirKeys() {
        assertThat(seen.isNew(row(10, 1, 5), "c1")).isTrue();
        assertThat(seen.isNew(row(10, 1, 5), "c2")).isTrue();
        assertThat(seen.isNew(row(10, 1, 5), "c1")).isFalse();
        assertThat(seen.isNew(row(10, 1, 5), "d1")).isTrue();
    }

    @Test
    void aTransactionThatARestartGaveAnOldCommitIsNew() {
        assertThat(seen.isNew(row(10, 1, 50), "u1")).isTrue();
        assertThat(seen.isNew(row(10, 2, 40), "u1")).isTrue();
        assertThat(seen.isNew(row(10, 1, 50), "u1")).isFalse();
        assertThat(seen.isNew(row(10, 2, 40), "u1")).isFalse();
        assertThat(seen.isNew(row(10, 2, 41), "u1")).isTrue();
    }
}
