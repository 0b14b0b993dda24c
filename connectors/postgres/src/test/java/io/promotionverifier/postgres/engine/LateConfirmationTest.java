package io.promotionverifier.postgres.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Lsn;
import org.junit.jupiter.api.Test;

/** One checkpoint late, never ahead of what is durable. */
class LateConfirmationTest {
    private final LateConfirmation<String> late = new LateConfirmation<>();

    @Test
    void nothingIsReadyAfterTheFirstCheckpoint() {
        late.shown(new Lsn(10), "a");
        late.checkpointCommitted(new Lsn(10));
        assertThat(late.take()).isEmpty();
    }

    @Test
    void theSecondCheckpointReleasesWhatTheFirstCovered() {
        late.shown(new Lsn(10), "a");
        late.shown(new Lsn(20), "b");
        late.checkpointCommitted(new Lsn(20));
        late.shown(new Lsn(30), "c");
        late.checkpointCommitted(new Lsn(30));
        assertThat(late.take()).contains("b");
        assertThat(late.take()).isEmpty();
    }

    @Test
    void whatWasShownButNotFoldedIsNotReleased() {
        late.shown(new Lsn(10), "a");
        late.shown(new Lsn(20), "b");
        late.checkpointCommitted(new Lsn(10));
        late.checkpointCommitted(new Lsn(10));
        late.checkpointCommitted(new Lsn(10));
        assertThat(late.take()).contains("a");
        late.checkpointCommitted(new Lsn(20));
        assertThat(late.take()).isEmpty();
        late.checkpointCommitted(new Lsn(20));
        assertThat(late.take()).contains("b");
    }

    @Test
    void twoCheckpointsBetweenBatchesLoseNothing() {
        late.shown(new Lsn(10), "a");
        late.checkpointCommitted(new Lsn(10));
        late.checkpointCommitted(new Lsn(10));
        late.checkpointCommitted(new Lsn(10));
        assertThat(late.take()).contains("a");
    }

    @Test
    void aWatermarkThatFallsBackReleasesNoMoreThanBefore() {
        late.shown(new Lsn(10), "a");
        late.shown(new Lsn(20), "b");
        late.checkpointCommitted(new Lsn(20));
        late.checkpointCommitted(new Lsn(10));
        assertThat(late.take()).contains("b");
        late.shown(new Lsn(30), "c");
        late.checkpointCommitted(new Lsn(30));
        assertThat(late.take()).isEmpty();
    }

    @Test
    void aWatermarkOfAnEarlierRunReleasesWhatIsDurableSince() {
        late.shown(new Lsn(10), "a");
        late.checkpointCommitted(new Lsn(500));
        late.checkpointCommitted(new Lsn(500));
        assertThat(late.take()).contains("a");
    }

    @Test
    void ofOnePositionTheFirstRecordIsKept() {
        late.shown(new Lsn(10), "a");
        late.shown(new Lsn(10), "b");
        late.checkpointCommitted(new Lsn(10));
        late.checkpointCommitted(new Lsn(10));
        assertThat(late.take()).contains("a");
    }
}
