package io.promotionverifier.kafka.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.pipeline.CoreState;
import io.promotionverifier.core.stream.ResumePoint;
import io.promotionverifier.kafka.Samples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeadJsonTest {
    private static Head head(Anchor anchor) {
        return new Head(
                3,
                1,
                Optional.empty(),
                anchor,
                new EntriesDigest(0, 0),
                HistoryPlace.NONE,
                CoreState.initial(1, ResumePoint.startingAt(new Lsn(7)), 5),
                List.of());
    }

    @Test
    void thePlaceFromWhereTopicsAreReadOnSurvives() {
        Head topics = head(Samples.ANCHOR.readingFrom("{\"from\":\"0/1\"}"));

        assertThat(HeadJson.parse(HeadJson.of(topics))).isEqualTo(topics);
    }

    @Test
    void aCheckpointOfASlotLooksAsBefore() {
        Head slot = head(Samples.ANCHOR);

        assertThat(HeadJson.of(slot).path("anchor").has("read_from")).isFalse();
        assertThat(HeadJson.parse(HeadJson.of(slot))).isEqualTo(slot);
    }
}
