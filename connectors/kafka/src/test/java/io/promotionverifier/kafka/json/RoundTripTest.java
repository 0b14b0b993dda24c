package io.promotionverifier.kafka.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.compare.Side;
import io.promotionverifier.core.judge.Abort;
import io.promotionverifier.core.settle.Finding;
import io.promotionverifier.kafka.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read back is what was written. */
final class RoundTripTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatIsWrittenExactlyIsReadBackExactly(long seed) {
        Samples samples = new Samples(seed);
        for (int i = 0; i < 50; i++) {
            Finding finding = samples.finding();
            assertThat(FindingJson.parse(reread(Json.bytes(FindingJson.exact(finding)))))
                    .isEqualTo(finding);
            Abort abort = samples.abort();
            assertThat(AbortJson.parse(reread(Json.bytes(AbortJson.exact(abort)))))
                    .isEqualTo(abort);
            Side side = samples.side();
            assertThat(SideJson.parse(reread(Json.bytes(SideJson.of(side))))).isEqualTo(side);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000-01-01T00:00:00Z",
                "0001-12-31T23:59:59.999999Z",
                "1969-12-31T23:59:59.000001Z",
                "2024-02-29T12:34:56.1Z",
                "9999-12-31T23:59:59.999999Z",
                "-0001-01-01T00:00:00.5Z",
                "+10000-01-01T00:00:00Z",
                "+294276-12-31T23:59:59.999999Z"
            })
    void aTimeIsPrintedWithSixDigitsAndReadBack(String text) {
        java.time.Instant time = java.time.Instant.parse(text);
        String printed = Json.time(time);
        assertThat(java.time.Instant.parse(printed)).isEqualTo(time);
        assertThat(printed).matches("[+-]?\\d{4,}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    }

    private static com.fasterxml.jackson.databind.JsonNode reread(byte[] json) {
        return Json.parse(json);
    }

    @Test
    void aRowKeyComesBackInTheFormInWhichPostgresPrintsJsonb() {
        for (String key : new String[] {
            "{\"id\": 88213}",
            "{\"a\": 1.50, \"b\": [1, null]}",
            "{\"n\": 123456789012345678901234567890}",
            "{\"t\": \"\\u001fü🙂\"}"
        }) {
            var finding = Json.object();
            finding.set("key", Json.key(new RowKey(key)));
            assertThat(Json.key(Json.parse(Json.bytes(finding)).get("key"))).isEqualTo(new RowKey(key));
        }
    }

    @Test
    void whatCannotBeReadNamesTheMemberAndNotTheValue() {
        assertThatThrownBy(() -> FindingJson.parse(Json.parse("{\"id\": 7}")))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessage("member \"id\" is not a text");
        assertThatThrownBy(() -> Json.parse("{\"secret\": oops}".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageNotContaining("oops")
                .rootCause()
                .hasMessageNotContaining("oops");
    }
}
