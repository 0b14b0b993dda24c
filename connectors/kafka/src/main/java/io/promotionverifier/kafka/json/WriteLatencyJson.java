package io.promotionverifier.kafka.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.judge.WriteLatency;
import java.time.Duration;

/** A figure of the application's write latency as JSON. */
public final class WriteLatencyJson {
    private WriteLatencyJson() {}

    /** The figure with its measure and the span it was measured over. */
    public static ObjectNode of(WriteLatency latency) {
        ObjectNode node = Json.object().put("measure", Json.lower(latency.measure()));
        node.set("seconds", Json.seconds(latency.value()));
        node.set("window_seconds", Json.seconds(latency.window()));
        return node;
    }

    /**
     * Reads it back.
     *
     * @throws MalformedJsonException if the object is no figure
     */
    public static WriteLatency parse(JsonNode node) {
        return new WriteLatency(
                Members.constant(node, "measure", WriteLatency.Measure.class),
                Members.seconds(node, "seconds"),
                Members.seconds(node, "window_seconds"));
    }

    /**
     * Reads what somebody tells who measured: {@code p99_seconds} and {@code window_seconds}.
     *
     * @throws MalformedJsonException if one is missing, or is no span of time longer than zero
     */
    public static WriteLatency told(JsonNode node) {
        return new WriteLatency(
                WriteLatency.Measure.P99, positive(node, "p99_seconds"), positive(node, "window_seconds"));
    }

    private static Duration positive(JsonNode node, String name) {
        Duration span = Members.seconds(node, name);
        if (span.isZero()) {
            throw new MalformedJsonException("member \"" + name + "\" is zero");
        }
        return span;
    }
}
