package io.promotionverifier.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.census.CensusProgress;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.TableName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a person who watches a scan reads. */
class ScanProgressTest {
    private static CensusProgress progress(long rows) {
        return new CensusProgress(
                1, new TableName("public", "nexus_cases"), List.of(), Lsn.ZERO, 10_000_000, 7, List.of("7"), rows);
    }

    @Test
    void itSaysHowFarItIsHowFastItGoesAndHowLongItTakes() {
        assertThat(ScanProgress.figures(progress(2_500_000), 125_000))
                .isEqualTo("public.nexus_cases  25 % 2,500,000 rows, 125,000 rows/s, 1 min left");
        assertThat(ScanProgress.figures(progress(9_000_000), 125_000)).endsWith("125,000 rows/s, 8 s left");
        assertThat(ScanProgress.figures(progress(0), 0)).isEqualTo("public.nexus_cases   0 % 0 rows");
    }

    @Test
    void theBarIsAsFullAsTheCensusIsDone() {
        assertThat(ScanProgress.bar(0)).isEqualTo("[" + ".".repeat(24) + "]");
        assertThat(ScanProgress.bar(0.5)).isEqualTo("[" + "#".repeat(12) + ".".repeat(12) + "]");
        assertThat(ScanProgress.bar(1)).isEqualTo("[" + "#".repeat(24) + "]");
    }
}
