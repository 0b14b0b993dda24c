package io.promotionverifier.benchmarks.ladder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PgbenchTest {
    private static final String REPORT = """
            pgbench (15.18, server 17.11)
            transaction type: dual-write.sql
            scaling factor: 1
            query mode: prepared
            number of clients: 4
            number of threads: 2
            duration: 60 s
            number of transactions actually processed: 331204
            number of failed transactions: 0 (0.000%)
            """;

    @Test
    void theRowsThatWereWrittenAreTheTransactionsThatPgbenchCounts() {
        assertThat(Pgbench.processed(REPORT)).isEqualTo(331_204);
    }

    @Test
    void aReportWithoutACountIsAnErrorAndNotZero() {
        assertThatThrownBy(() -> Pgbench.processed("pgbench: error: connection refused"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("connection refused");
    }
}
