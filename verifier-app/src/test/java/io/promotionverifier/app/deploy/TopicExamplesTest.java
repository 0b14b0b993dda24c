package io.promotionverifier.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.settle.FindingState;
import io.promotionverifier.kafka.json.AbortJson;
import io.promotionverifier.kafka.json.ChangeJson;
import io.promotionverifier.kafka.json.FindingJson;
import io.promotionverifier.kafka.json.Json;
import io.promotionverifier.kafka.json.Lag;
import io.promotionverifier.kafka.json.StatusJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of docs/topics.md are what the code prints, member for member and value for value. */
class TopicExamplesTest {
    private final SampleStory story = SampleStory.told();

    @Test
    void anAbortIsRaised() throws IOException {
        assertExample(
                "abort-raised", AbortJson.raised(first(Effect.AbortRaised.class).abort()));
    }

    @Test
    void anAbortIsRaisedByHand() throws IOException {
        Effect.AbortRaised manual =
                first(Effect.AbortRaised.class, raised -> raised.abort().by().isPresent());

        assertExample("abort-raised-manual", AbortJson.raised(manual.abort()));
    }

    @Test
    void anAbortIsCleared() throws IOException {
        assertExample(
                "abort-cleared",
                AbortJson.cleared(first(Effect.AbortEnded.class).cleared()));
    }

    @ParameterizedTest
    @EnumSource(FindingState.class)
    void aFindingIsInEachState(FindingState state) throws IOException {
        Effect.FindingTurned turned = first(
                Effect.FindingTurned.class,
                candidate -> candidate.turn().finding().state() == state);

        assertExample(
                "finding-" + Json.lower(state), FindingJson.of(turned.turn().finding()));
    }

    @Test
    void countersAreCut() throws IOException {
        assertExample(
                "counters", StatusJson.counters(first(Effect.CountersCut.class).status()));
    }

    @Test
    void aStatusIsTold() throws IOException {
        Lag lag = new Lag(OptionalLong.of(0), OptionalDouble.of(0.4));

        assertExample("status", StatusJson.of(story.whileAborted(), lag));
    }

    @Test
    void aRowChangeIsRecorded() throws IOException {
        Effect.ChangeRecorded faulty = first(
                Effect.ChangeRecorded.class,
                change -> change.change().event().key().orElseThrow().json().contains("88214"));

        assertExample("change", Json.parse(ChangeJson.bytes(faulty)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"raise", "clear"})
    void aCommandHasTheMembersOfTheContract(String command) {
        JsonNode example = Json.parse(Checkout.text("docs/examples/command-" + command + ".json"));

        assertThat(example.fieldNames()).toIterable().containsExactly("command", "promotion", "reason", "by");
        assertThat(example.path("command").asText()).isEqualTo(command);
    }

    private <E extends Effect> E first(Class<E> type) {
        return first(type, any -> true);
    }

    private <E extends Effect> E first(Class<E> type, Predicate<E> fits) {
        List<E> found = story.effects().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(fits)
                .toList();
        assertThat(found).as(type.getSimpleName()).isNotEmpty();
        return found.get(0);
    }

    private static void assertExample(String name, ObjectNode printed) throws IOException {
        JsonNode actual = Json.parse(Json.text(printed));
        Path written = Files.createDirectories(Checkout.file("verifier-app/target/examples"))
                .resolve(name + ".json");
        Files.writeString(written, actual.toPrettyString() + "\n");
        Path example = Checkout.file("docs/examples/" + name + ".json");

        assertThat(example).exists();
        assertThat(Json.parse(Files.readString(example)))
                .as("%s against what the code prints; if the code is right, copy %s there", example, written)
                .isEqualTo(actual);
    }
}
