package io.promotionverifier.postgres.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportResultTest {
    private static ReportResult result(long divergentRows, boolean counted) {
        return new ReportResult(divergentRows, counted, 1_000_000, Instant.EPOCH, List.of());
    }

    @Test
    void aCountSaysWhetherMoreDifferThanMay() {
        assertThat(result(0, true).isConclusive(0)).isTrue();
        assertThat(result(7, true).isConclusive(10)).isTrue();
    }

    @Test
    void theLeastThatIsProvenSaysItOnlyIfItIsMoreThanMayDiffer() {
        assertThat(result(11, false).isConclusive(10)).isTrue();
        assertThat(result(10, false).isConclusive(10)).isFalse();
    }
}
