package io.promotionverifier.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.compare.Outcome;
import io.promotionverifier.core.compare.UnverifiableReason;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What live writes have exercised, to the last one. */
class WitnessTest {
    private static final Outcome MATCHED = new Outcome.Matched();
    private static final Outcome UNREAD = new Outcome.Unverifiable(UnverifiableReason.TOAST);

    private final Witness witness = new Witness(Witnessed.NOTHING);

    @Test
    void insertsAndUpdatesAreWrittenAndThoseThatNobodyCouldReadAreCounted() {
        witness.written(Operation.INSERT, MATCHED, Optional.of("low"));
        witness.written(Operation.UPDATE, MATCHED, Optional.of("low"));
        witness.written(Operation.UPDATE, UNREAD, Optional.empty());
        witness.written(Operation.UPDATE, UNREAD, Optional.empty());
        witness.removed(Operation.DELETE);

        Witnessed seen = witness.witnessed();

        assertThat(seen.written()).isEqualTo(4);
        assertThat(seen.unverifiable()).isEqualTo(2);
        assertThat(seen.of(Operation.DELETE)).isEqualTo(1);
        assertThat(seen.allowed()).containsExactly("low");
    }

    @Test
    void whatWasSeenBeforeARestartIsStillSeenUntilTheWindowBeginsAnew() {
        witness.written(Operation.UPDATE, UNREAD, Optional.of("low"));

        Witness restarted = new Witness(witness.witnessed());
        restarted.written(Operation.UPDATE, UNREAD, Optional.of("high"));

        assertThat(restarted.witnessed().unverifiable()).isEqualTo(2);
        assertThat(restarted.witnessed().allowed()).containsExactlyInAnyOrder("low", "high");

        restarted.clear();
        assertThat(restarted.witnessed()).isEqualTo(Witnessed.NOTHING);
    }
}
