package io.promotionverifier.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** The story of a row for people: a line for each change, and one for each turn of its findings. */
final class RowStoryText {
    private RowStoryText() {}

    static List<String> lines(List<? extends JsonNode> story) {
        List<String> lines = new ArrayList<>();
        story.forEach(event -> lines.addAll(event.has("op") ? change(event) : List.of(turn(event))));
        return lines;
    }

    private static List<String> change(JsonNode change) {
        List<String> lines = new ArrayList<>();
        StringJoiner head = new StringJoiner("  ")
                .add(change.path("commit_time").asText())
                .add(change.path("lsn").asText())
                .add("tx " + change.path("tx").asText())
                .add(change.path("op").asText());
        if (change.path("old_key").isObject()) {
            head.add(change.path("old_key") + " -> " + change.path("key"));
        }
        if (!change.path("origin").asText().equals("live")) {
            head.add(change.path("origin").asText());
        }
        if (change.path("writer").isTextual()) {
            head.add("by " + change.path("writer").asText());
        }
        lines.add(head.toString());
        change.path("sides").properties().forEach(sides -> {
            JsonNode outcome = change.path("outcomes").path(sides.getKey());
            lines.add(String.format(
                    Locale.ROOT,
                    "    %s  column %s  document %s  %s",
                    sides.getKey(),
                    sides.getValue().path("column"),
                    sides.getValue().path("document"),
                    outcome(outcome)));
        });
        return lines;
    }

    private static String outcome(JsonNode outcome) {
        StringJoiner said = new StringJoiner(" ");
        outcome.elements().forEachRemaining(member -> said.add(member.asText()));
        return said.toString();
    }

    private static String turn(JsonNode finding) {
        JsonNode at = finding.path(finding.path("settled").isObject() ? "settled" : "opened");
        String resolution = finding.path("resolution").isTextual()
                ? ": " + finding.path("resolution").asText()
                : "";
        String latency =
                finding.path("latency_seconds").isNumber() ? " after " + finding.path("latency_seconds") + " s" : "";
        return at.path("commit_time").asText() + "  " + at.path("lsn").asText() + "  "
                + finding.path("promotion").asText() + " finding "
                + finding.path("state").asText() + "  "
                + finding.path("kind").asText() + resolution + latency + "  episode "
                + finding.path("episode").asText() + "  " + finding.path("id").asText();
    }
}
