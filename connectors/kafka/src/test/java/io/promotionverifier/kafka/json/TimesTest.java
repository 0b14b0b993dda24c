package io.promotionverifier.kafka.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The library is the oracle: what it reads is read alike, what it refuses is refused. */
class TimesTest {
    private static final long YEAR_ONE = -62_135_596_800L;
    private static final long YEAR_TEN_THOUSAND = 253_402_300_800L;

    @Test
    void whatIsPrintedIsReadBack() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            long second = random.nextLong(YEAR_ONE, YEAR_TEN_THOUSAND);
            Instant instant = Instant.ofEpochSecond(second, random.nextInt(1_000_000) * 1_000L);
            assertThat(Times.parse(Json.time(instant))).as("seed %d", seed).isEqualTo(instant);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-29T23:59:59.999999Z",
                "2024-02-29T24:00:00.000000Z",
                "2016-12-31T23:59:60.000000Z",
                "0000-01-01T00:00:00.000000Z",
                "2025-01-16T00:00:00Z",
                "2025-01-16T00:00:00.1Z",
                "2025-01-16T00:00:00.123456789Z",
                "-0044-03-15T10:00:00Z",
                "+10000-01-01T00:00:00.000000Z"
            })
    void anyOtherFormIsReadAsTheLibraryReadsIt(String text) {
        assertThat(Times.parse(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2025-02-29T00:00:00.000000Z",
                "2025-13-01T00:00:00.000000Z",
                "2025-00-01T00:00:00.000000Z",
                "2025-01-00T00:00:00.000000Z",
                "2025-01-01T25:00:00.000000Z",
                "2025-01-01T00:60:00.000000Z",
                "2025-01-01T00:00:61.000000Z",
                "2025-01-01 00:00:00.000000Z",
                "2025-01-01T00:00:00.00000xZ",
                "yesterday"
            })
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> Times.parse(text)).isInstanceOf(DateTimeException.class);
    }
}
