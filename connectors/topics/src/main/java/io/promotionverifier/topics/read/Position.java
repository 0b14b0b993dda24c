package io.promotionverifier.topics.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.change.Lsn;
import java.util.Map;
import java.util.TreeMap;

/**
 * From where change topics are read on. It may lie before what has been folded, never behind it: what comes again is
 * recognised by the core, by transaction.
 *
 * @param from what was committed before it is out of scope, also where it comes later in a topic
 * @param topics each topic by its name
 */
public record Position(Lsn from, Map<String, Topic> topics) {
    private static final JsonMapper JSON = new JsonMapper();

    public Position {
        topics = Map.copyOf(topics);
    }

    /**
     * A topic.
     *
     * @param id Kafka's id of it, another one when it was deleted and made anew
     * @param offsets the next offset of each partition
     * @param passed the end of a commit, for each partition: what is new behind the offset has it, or a later one, as
     *     its last commit
     */
    public record Topic(String id, Map<Integer, Long> offsets, Map<Integer, Long> passed) {
        public Topic {
            offsets = Map.copyOf(offsets);
            passed = Map.copyOf(passed);
        }
    }

    /** As a checkpoint carries it. */
    public String text() {
        ObjectNode node = JSON.createObjectNode().put("from", from.toString());
        ObjectNode all = node.putObject("topics");
        new TreeMap<>(topics).forEach((name, topic) -> {
            ObjectNode each = all.putObject(name).put("id", topic.id());
            numbers(each.putObject("offsets"), topic.offsets());
            numbers(each.putObject("passed"), topic.passed());
        });
        return node.toString();
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException if it is no text of ours
     */
    public static Position parse(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            Map<String, Topic> topics = new TreeMap<>();
            node.path("topics")
                    .properties()
                    .forEach(topic -> topics.put(
                            topic.getKey(),
                            new Topic(
                                    topic.getValue().path("id").asText(),
                                    numbers(topic.getValue().path("offsets")),
                                    numbers(topic.getValue().path("passed")))));
            return new Position(Lsn.parse(node.path("from").asText()), topics);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the position in the change topics cannot be read", e);
        }
    }

    private static void numbers(ObjectNode node, Map<Integer, Long> numbers) {
        new TreeMap<>(numbers).forEach((partition, number) -> node.put(partition.toString(), number));
    }

    private static Map<Integer, Long> numbers(JsonNode node) {
        Map<Integer, Long> numbers = new TreeMap<>();
        node.properties()
                .forEach(each -> numbers.put(
                        Integer.valueOf(each.getKey()), each.getValue().longValue()));
        return numbers;
    }
}
