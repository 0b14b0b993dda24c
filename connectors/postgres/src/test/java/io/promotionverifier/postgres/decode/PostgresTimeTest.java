package io.promotionverifier.postgres.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresTimeTest {
    @ParameterizedTest
    @CsvSource({
        "2025-01-15 08:00:00.1+00, 2025-01-15T08:00:00.1+00:00",
        "12025-01-15 08:00:00+00, 12025-01-15T08:00:00+00:00",
        "0044-03-15 10:00:00+00 BC, 0044-03-15T10:00:00+00:00 BC",
        "infinity, infinity",
        "-infinity, -infinity",
        "2025-01-15 08:00:00+05:30, 2025-01-15T02:30:00+00:00",
        "2025-01-15 08:00:00.123456-08, 2025-01-15T16:00:00.123456+00:00",
        "1850-01-15 08:00:00+00:53:28, 1850-01-15T07:06:32+00:00"
    })
    void whatTheServerPrintsBecomesWhatToJsonbPrintsInUtc(String printed, String json) {
        assertThat(PostgresTime.timestamptz(printed)).hasValue(json);
    }

    @ParameterizedTest
    @CsvSource({"0044-03-15 10:00:00+01 BC", "12025-01-15 08:00:00+01"})
    void aYearThatJavaDoesNotReadIsUnknownRatherThanWrong(String printed) {
        assertThat(PostgresTime.timestamptz(printed)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2025-01-15 08:00:00.1, 2025-01-15T08:00:00.1",
        "0044-03-15 10:00:00 BC, 0044-03-15T10:00:00 BC",
        "infinity, infinity"
    })
    void aTimestampIsPrintedWithItsT(String printed, String json) {
        assertThat(PostgresTime.timestamp(printed)).isEqualTo(json);
    }
}
