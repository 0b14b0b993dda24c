package io.promotionverifier.core.census;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TransactionSnapshotTest {
    private static final long EPOCH = 1L << 32;

    @Test
    void aSnapshotSeesWhatHadEndedAndNothingElse() {
        TransactionSnapshot snapshot = TransactionSnapshot.parse("100:110:100,104");
        assertThat(snapshot.sees(99)).isTrue();
        assertThat(snapshot.sees(100)).isFalse();
        assertThat(snapshot.sees(103)).isTrue();
        assertThat(snapshot.sees(104)).isFalse();
        assertThat(snapshot.sees(110)).isFalse();
        assertThat(snapshot.isPast(99)).isTrue();
        assertThat(snapshot.isPast(100)).isFalse();
    }

    @Test
    void shortIdsAreReadNearTheSnapshotOverAnEpoch() {
        TransactionSnapshot snapshot =
                TransactionSnapshot.parse((3 * EPOCH - 2) + ":" + (3 * EPOCH + 5) + ":" + (3 * EPOCH + 1));
        assertThat(snapshot.sees(EPOCH - 3)).isTrue();
        assertThat(snapshot.sees(0)).isTrue();
        assertThat(snapshot.sees(1)).isFalse();
        assertThat(snapshot.sees(3 * EPOCH + 1)).isFalse();
        assertThat(snapshot.sees(2)).isTrue();
        assertThat(snapshot.sees(5)).isFalse();
        assertThat(snapshot.isPast(EPOCH - 2)).isFalse();
        assertThat(snapshot.isPast(EPOCH - 3)).isTrue();
        assertThat(snapshot.seen(4)).isEqualTo(3 * EPOCH + 4);
        assertThat(snapshot.seen(5)).isEqualTo(2 * EPOCH + 5);
        assertThat(snapshot.seen(EPOCH - 1)).isEqualTo(3 * EPOCH - 1);
    }

    @Test
    void idsGoAround() {
        assertThat(TransactionSnapshot.later(3, EPOCH - 1)).isEqualTo(3);
        assertThat(TransactionSnapshot.later(EPOCH - 1, 3)).isEqualTo(3);
        assertThat(TransactionSnapshot.later(8, 7)).isEqualTo(8);
    }

    @Test
    void anotherFormIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> TransactionSnapshot.parse("1:2"));
        assertThatIllegalArgumentException().isThrownBy(() -> TransactionSnapshot.parse("a:2:"));
    }
}
