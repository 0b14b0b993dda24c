package io.promotionverifier.sandbox.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The counts of the workload. */
final class TallyTest {
    private static final TableName TABLE = new TableName("public", "nexus_cases");
    private static final Change UPDATE =
            new Change("UPDATE", List.of(), Optional.of(new Change.Effect(Operation.UPDATE, TABLE)), 0);

    private final Tally tally = new Tally();

    @Test
    void whatWasRolledBackToASavepointIsAttemptedButNotChanged() {
        List<Change> changes = List.of(
                UPDATE, Change.control("SAVEPOINT a"), UPDATE, Change.control("ROLLBACK TO SAVEPOINT a"), UPDATE);
        tally.ended(PlannedTransaction.committing(WriteShape.SAVEPOINT, changes), new long[] {1, 0, 5, 0, 1});
        assertThat(tally.summary().attempted()).isEqualTo(Map.of(Operation.UPDATE, 7L));
        assertThat(tally.summary().changed()).isEqualTo(Map.of(TABLE, 2L));
    }

    @Test
    void aRolledBackTransactionChangesNothing() {
        PlannedTransaction transaction = new PlannedTransaction(
                0, WriteShape.ROLLBACK, List.of(UPDATE), false, Optional.empty(), Optional.empty());
        tally.ended(transaction, new long[] {3});
        assertThat(tally.summary().rolledBack()).isEqualTo(1);
        assertThat(tally.summary().committed()).isZero();
        assertThat(tally.summary().changed()).isEmpty();
    }
}
