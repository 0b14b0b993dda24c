package io.promotionverifier.postgres.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeartbeatMessageTest {
    @Test
    void theClockIsReadToTheMicrosecond() {
        assertThat(HeartbeatMessage.parse("2025-01-16T12:00:00.123456Z run-7"))
                .contains(new HeartbeatMessage(Instant.parse("2025-01-16T12:00:00.123456Z"), "run-7"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "2025-01-16T12:00:00.123456Z",
                "2025-01-16T12:00:00.123Z n",
                "2025-13-16T12:00:00.123456Z n",
                "2025-01-16T12:00:00.123456Z n n",
                "2025-01-16T12:00:00.123456Z n\n"
            })
    void whatWeDidNotWriteIsNoHeartbeat(String content) {
        assertThat(HeartbeatMessage.parse(content)).isEmpty();
    }
}
