package io.promotionverifier.kafka.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.judge.ReportReading;

/** What the two sides of a report gave, as JSON. */
public final class ReportJson {
    private ReportJson() {}

    /** The reading. */
    public static ObjectNode of(ReportReading reading) {
        return Json.object()
                .put("report", reading.report())
                .put("divergent_rows", reading.divergentRows())
                .put("rows", reading.rows())
                .put("max_rows", reading.maximum())
                .put("read", Json.time(reading.read()))
                .put("generated", reading.generated())
                .put("counted", reading.counted());
    }

    /**
     * Reads it back.
     *
     * @throws MalformedJsonException if the object is no reading
     */
    public static ReportReading parse(JsonNode node) {
        return new ReportReading(
                Members.text(node, "report"),
                Members.number(node, "divergent_rows"),
                Members.number(node, "rows"),
                Members.number(node, "max_rows"),
                Members.time(node, "read"),
                node.path("generated").asBoolean(),
                node.path("counted").asBoolean(true));
    }
}
