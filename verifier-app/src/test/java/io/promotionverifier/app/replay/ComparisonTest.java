package io.promotionverifier.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.kafka.history.CheckpointedEvents;
import io.promotionverifier.kafka.history.PublishedEvents.Published;
import io.promotionverifier.kafka.json.EventType;
import io.promotionverifier.kafka.json.Json;
import io.promotionverifier.kafka.publish.ToldEvent;
import io.promotionverifier.kafka.read.ReadEvent;
import io.promotionverifier.kafka.topic.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A finding is told as "id" or, with another content, as "id'": checkpoint 1 holds a and b, checkpoint 2 c, d and e.
 */
class ComparisonTest {
    private static final List<Published> LIVE =
            List.of(published(1, "a"), published(1, "b"), published(2, "c"), published(2, "d"), published(2, "e"));

    /** What was published, from memory. */
    private static final class Remembered implements CheckpointedEvents {
        private final List<Published> left;

        Remembered(List<Published> events) {
            left = new ArrayList<>(events);
        }

        @Override
        public void skipTo(long checkpoint) {
            left.removeIf(event -> event.event().checkpoint() <= checkpoint);
        }

        @Override
        public List<Published> upTo(long checkpoint) {
            List<Published> next = left.stream()
                    .filter(event -> event.event().checkpoint() <= checkpoint)
                    .toList();
            left.removeAll(next);
            return next;
        }

        @Override
        public void close() {}
    }

    private static String json(String name) {
        return "{\"promotion\":\"P\",\"key\":{\"id\":1},\"said\":\"" + name + "\"}";
    }

    private static String id(String name) {
        return name.replace("'", "");
    }

    private static Published published(long checkpoint, String name) {
        ObjectNode value = (ObjectNode) Json.parse(json(name));
        return new Published(
                new ReadEvent(
                        Optional.of(EventType.FINDING_OPENED), id(name), "", value, 0, checkpoint, Optional.empty()),
                json(name));
    }

    private static Comparison comparison(boolean otherPolicy) {
        ReplayScope scope =
                new ReplayScope(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), otherPolicy);
        return new Comparison(scope, topic -> new Remembered(topic == Topic.FINDINGS ? LIVE : List.of()));
    }

    private static void say(Comparison comparison, String... names) {
        Arrays.stream(names)
                .map(name -> new ToldEvent(EventType.FINDING_OPENED, id(name), json(name)))
                .forEach(comparison::said);
    }

    /** All of checkpoint 1 as it was, then a part of checkpoint 2. */
    private static Comparison partly(boolean otherPolicy, String... names) {
        Comparison comparison = comparison(otherPolicy);
        say(comparison, "a", "b");
        comparison.settle(1, true);
        say(comparison, names);
        comparison.settlePart(2, true);
        return comparison;
    }

    private static List<String> ids(Comparison comparison) {
        return comparison.differences().stream().map(Difference::id).toList();
    }

    @Test
    void wholeCheckpointsAreTheSameOrTheirDifferencesAreTold() {
        Comparison comparison = comparison(false);
        say(comparison, "a", "b'");
        comparison.settle(1, true);
        say(comparison, "c", "e", "f");
        comparison.settle(2, true);

        assertThat(ids(comparison)).containsExactly("b", "d", "f");
        assertThat(comparison.compared()).isEqualTo(5);
        assertThat(comparison.notCompared()).isZero();
    }

    @Test
    void theBeginOfACheckpointIsComparedAndTheRestIsCounted() {
        Comparison comparison = partly(false, "c", "d");

        assertThat(ids(comparison)).isEmpty();
        assertThat(comparison.compared()).isEqualTo(4);
        assertThat(comparison.notCompared()).isEqualTo(1);
    }

    @Test
    void aDifferenceInTheBeginOfACheckpointIsTold() {
        assertThat(ids(partly(false, "c'"))).containsExactly("c");
        assertThat(ids(partly(false, "d"))).containsExactly("c", "d");
        assertThat(ids(partly(false, "c", "d", "e", "f"))).containsExactly("f");
    }

    @Test
    void anotherPolicyAnswersForWhatItSaysAndNotForWhatLiesBehind() {
        Comparison comparison = partly(true, "d'", "f");

        assertThat(ids(comparison)).containsExactly("d", "f");
        assertThat(comparison.notCompared()).isEqualTo(2);
    }

    @Test
    void whatLiesBeforeTheRangeIsNotCompared() {
        Comparison comparison = comparison(false);
        say(comparison, "a'");
        comparison.settle(1, false);
        say(comparison, "c");
        comparison.settlePart(2, false);

        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison.compared()).isZero();
        assertThat(comparison.notCompared()).isZero();
    }
}
