package io.promotionverifier.kafka.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The table of topics in the contract. */
final class TopicTest {
    private static final TopicPolicy POLICY =
            new TopicPolicy(Duration.ofDays(45), OptionalInt.empty(), OptionalInt.of(2));

    @Test
    void namesAndCleanupAreThoseOfTheContract() {
        assertThat(Topic.values())
                .extracting(topic -> topic.named("verifier") + " "
                        + topic.settings(POLICY).get("cleanup.policy") + " "
                        + topic.settings(POLICY).get("retention.ms"))
                .containsExactly(
                        "verifier.aborts delete -1",
                        "verifier.findings delete 7776000000",
                        "verifier.counters delete 7776000000",
                        "verifier.status compact null",
                        "verifier.history delete 3888000000",
                        "verifier.commands delete 2592000000",
                        "verifier.state compact null");
    }

    @Test
    void compactedTopicsAreCleanedSoonSoThatReadingThemStaysShort() {
        assertThat(Topic.STATE.settings(POLICY))
                .containsEntry("segment.bytes", "16777216")
                .containsEntry("max.compaction.lag.ms", "600000")
                .containsEntry("min.insync.replicas", "2");
    }

    @Test
    void onlyBrokersBeforeFourDotThreeAreSafe() {
        assertThat(MarkerSafety.of((short) 29)).isEqualTo(MarkerSafety.SAFE);
        assertThat(MarkerSafety.of((short) 30)).isEqualTo(MarkerSafety.SUSPECT);
        assertThat(MarkerSafety.of((short) 31)).isEqualTo(MarkerSafety.UNKNOWN);
    }
}
