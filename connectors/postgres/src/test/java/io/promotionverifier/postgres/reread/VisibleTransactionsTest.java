package io.promotionverifier.postgres.reread;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading PostgreSQL's snapshots with ids of which half is known. */
class VisibleTransactionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "100:100:|99|true",
                "100:100:|100|false",
                "100:104:100,102|101|true",
                "100:104:100,102|102|false",
                "100:104:100,102|103|true",
                "100:104:100,102|104|false",
                // the counter of 32 bits began anew at 4294967296
                "4294967300:4294967300:|3|true",
                "4294967300:4294967300:|4|false",
                "4294967300:4294967300:|4294967290|true",
                "4294967290:4294967290:|5|false",
                "4294967298:4294967302:4294967299|3|false",
                "8589934600:8589934600:|7|true",
                "100:100:|4294967200|true"
            })
    void whatHasCompletedIsSeen(String snapshot, long transaction, boolean seen) {
        assertThat(VisibleTransactions.parse(snapshot).sees(transaction)).isEqualTo(seen);
    }
}
