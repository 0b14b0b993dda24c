package io.promotionverifier.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.kafka.json.EventType;
import io.promotionverifier.kafka.topic.Topic;
import io.promotionverifier.kafka.topic.TopicPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/topics.md says of topics and types what the code does. */
class TopicsPageTest {
    private static final Pattern EXAMPLE = Pattern.compile("\\(examples/([a-z-]+\\.json)\\)");

    private final String page = Checkout.text("docs/topics.md");

    @ParameterizedTest
    @EnumSource(Topic.class)
    void everyTopicHasItsRowWithItsRetention(Topic topic) {
        String retention = Optional.ofNullable(
                        topic.settings(TopicPolicy.keeping(Duration.ofDays(45))).get("retention.ms"))
                .map(Long::parseLong)
                .map(millis ->
                        millis < 0 ? "for ever" : Duration.ofMillis(millis).toDays() + " days")
                .orElse("newest of each key");
        List<String> rows = page.lines()
                .filter(line -> line.startsWith("| `" + topic.named("verifier") + "` |"))
                .toList();

        assertThat(rows).singleElement().asString().contains("| " + retention + " |");
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void everyEventTypeIsNamed(EventType type) {
        assertThat(page).contains("`" + type.wireName() + "`");
    }

    @Test
    void itRefersToEveryExampleAndToNoOther() throws IOException {
        try (Stream<Path> examples = Files.list(Checkout.file("docs/examples"))) {
            assertThat(EXAMPLE.matcher(page)
                            .results()
                            .map(found -> found.group(1))
                            .distinct())
                    .containsExactlyInAnyOrderElementsOf(
                            examples.map(Path::getFileName).map(Path::toString).toList());
        }
    }

    @Test
    void theConsumerIsTheOneThatCompiles() {
        String source = Checkout.text("verifier-app/src/test/java/io/promotionverifier/app/deploy/AbortListener.java");
        String shown =
                between(source, "// shown in docs/topics.md: begin\n", "        // shown in docs/topics.md: end");

        assertThat(between(page, "```java\n", "```"))
                .isEqualTo(shown.stripTrailing().stripIndent() + "\n");
    }

    private static String between(String text, String begin, String end) {
        int from = text.indexOf(begin) + begin.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
