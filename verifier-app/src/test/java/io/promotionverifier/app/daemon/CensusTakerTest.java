package io.promotionverifier.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.census.CensusAgenda;
import io.promotionverifier.core.change.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which table is looked at next. */
class CensusTakerTest {
    private static final TableName CASES = new TableName("public", "nexus_cases");
    private static final TableName USERS = new TableName("public", "nexus_users");
    private static final Instant NOW = Instant.parse("2025-01-20T09:00:00Z");

    private static CensusAgenda agenda(List<TableName> due, Map<TableName, Instant> finished) {
        return new CensusAgenda(Optional.empty(), Optional.empty(), false, due, finished);
    }

    @Test
    void aTableIsLookedAtAgainADayAfterTheLastTimeAndNotBefore() {
        Instant yesterday = NOW.minusSeconds(24 * 3_600);
        assertThat(CensusTaker.next(agenda(List.of(), Map.of(CASES, yesterday)), NOW))
                .isEmpty();
        assertThat(CensusTaker.next(agenda(List.of(), Map.of(CASES, yesterday.minusMillis(1))), NOW))
                .contains(CASES);
    }

    @Test
    void whatWasOrderedGoesBeforeWhatIsDaily() {
        assertThat(CensusTaker.next(agenda(List.of(USERS), Map.of(CASES, NOW.minusSeconds(1_000_000))), NOW))
                .contains(USERS);
    }
}
