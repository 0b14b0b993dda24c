package io.promotionverifier.app.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.change.Moment;
import io.promotionverifier.kafka.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** The result of a replay for people. */
public final class ReplayText {
    private static final int MOST_SHOWN = 20;

    private ReplayText() {}

    /**
     * The lines.
     *
     * @param otherPolicy whether it was judged by another policy
     */
    public static List<String> lines(ReplayResult result, boolean otherPolicy) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%,d row changes%s%s",
                result.changes(),
                result.from().map(from -> " from " + moment(from)).orElse(""),
                result.to().map(to -> " to " + moment(to)).orElse("")));
        for (ObjectNode promotion : result.promotions()) {
            lines.add(promotion.path("promotion").asText() + "  phase "
                    + promotion.path("phase").asText() + "  "
                    + promotion.path("verdict").asText() + "  "
                    + promotion.path("reason").asText());
            lines.add("  outcomes  " + counts(promotion.path("counts")));
            lines.add("  findings  " + counts(promotion.path("findings")));
        }
        for (ObjectNode abort : result.aborts()) {
            lines.add("abort " + abort.path("trigger").asText() + " of "
                    + abort.path("promotion").asText() + " at "
                    + abort.path("raised").asText() + ": "
                    + abort.path("reason").asText());
        }
        differences(result, otherPolicy, lines);
        if (result.notCompared() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "Not compared: %,d events that were published together with the last ones, and follow from what lies"
                            + " behind --to",
                    result.notCompared()));
        }
        return lines;
    }

    private static void differences(ReplayResult result, boolean otherPolicy, List<String> lines) {
        List<Difference> differences = result.differences();
        if (differences.isEmpty()) {
            lines.add(String.format(
                    Locale.ROOT,
                    otherPolicy
                            ? "By this policy the same would have been decided: %,d events"
                            : "The same as was published: %,d events, byte by byte",
                    result.compared()));
            return;
        }
        lines.add(String.format(
                Locale.ROOT,
                otherPolicy ? "%,d events would have been others:" : "DIFFERS from what was published in %,d events:",
                differences.size()));
        differences.stream().limit(MOST_SHOWN).forEach(difference -> lines.addAll(lines(difference)));
        if (differences.size() > MOST_SHOWN) {
            lines.add("  … and " + (differences.size() - MOST_SHOWN) + " more (-o json lists all)");
        }
    }

    private static List<String> lines(Difference difference) {
        return List.of(
                "  " + difference.type().wireName() + "  " + difference.id(),
                "    live    " + difference.live().map(ReplayText::event).orElse("-"),
                "    replay  " + difference.again().map(ReplayText::event).orElse("-"));
    }

    /** What tells events of one kind apart. */
    private static String event(String json) {
        JsonNode node = Json.parse(json);
        StringJoiner said = new StringJoiner("  ");
        for (String name : List.of("key", "state", "kind", "resolution", "trigger", "raised", "reason", "counts")) {
            JsonNode member = node.path(name);
            if (!member.isMissingNode() && !member.isNull()) {
                said.add(member.isTextual() ? member.asText() : member.toString());
            }
        }
        JsonNode settled = node.path("settled").path("commit_time");
        return settled.isTextual() ? said + "  at " + settled.asText() : said.toString();
    }

    private static String counts(JsonNode counts) {
        StringJoiner said = new StringJoiner("  ");
        counts.properties()
                .forEach(count -> said.add(count.getKey() + " "
                        + String.format(Locale.ROOT, "%,d", count.getValue().asLong())));
        return said.toString();
    }

    private static String moment(Moment moment) {
        return Json.time(moment.time()) + " (" + moment.lsn() + ")";
    }
}
