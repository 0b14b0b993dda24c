package io.promotionverifier.kafka.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.promotion.Capture;
import io.promotionverifier.core.promotion.LatencyPolicy;
import io.promotionverifier.core.promotion.MismatchRatePolicy;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.promotion.SessionRules;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a promotion is judged by, as JSON. */
final class PolicyJson {
    private PolicyJson() {}

    static ObjectNode of(Promotion.Policy policy) {
        ObjectNode node = Json.object();
        node.set("window_seconds", Json.seconds(policy.window()));
        node.set("grace_seconds", Json.seconds(policy.grace()));
        node.put("server", policy.session().serverMajor());
        node.set("zone", Json.orNull(policy.session().zone().map(ZoneId::getId)));
        node.set("mismatch_rate", of(policy.mismatchRate()));
        node.set("dual_write_latency", of(policy.latency()));
        if (policy.capture() != Capture.ALL) {
            node.put("capture", Json.lower(policy.capture()));
        }
        return node;
    }

    static Promotion.Policy parse(JsonNode node) {
        return new Promotion.Policy(
                seconds(node, "window_seconds"),
                seconds(node, "grace_seconds"),
                new SessionRules(Members.integer(node, "server"), zone(node)),
                rate(Members.member(node, "mismatch_rate")),
                latency(Members.member(node, "dual_write_latency")),
                Members.anyConstant(node, "capture", Capture.class).orElse(Capture.ALL));
    }

    private static Duration seconds(JsonNode node, String name) {
        return Json.duration(Members.decimal(node, name));
    }

    private static Optional<ZoneId> zone(JsonNode node) {
        try {
            return Members.anyText(node, "zone").map(ZoneId::of);
        } catch (DateTimeException unknown) {
            throw new MalformedJsonException("member \"zone\" is no zone that we know", unknown);
        }
    }

    private static ObjectNode of(MismatchRatePolicy rate) {
        ObjectNode node = Json.object()
                .put("max", rate.maximum())
                .put("mode", Json.lower(rate.mode()))
                .put("alpha", rate.alpha())
                .put("min_rows", rate.minimumRows());
        node.set("over_seconds", Json.seconds(rate.over()));
        return node;
    }

    private static MismatchRatePolicy rate(JsonNode node) {
        return new MismatchRatePolicy(
                Members.decimal(node, "max").doubleValue(),
                Members.constant(node, "mode", MismatchRatePolicy.Mode.class),
                Members.decimal(node, "alpha").doubleValue(),
                Members.number(node, "min_rows"),
                seconds(node, "over_seconds"));
    }

    private static ObjectNode of(LatencyPolicy latency) {
        ObjectNode node = Json.object();
        node.set("p99_seconds", Json.seconds(latency.p99()));
        node.set("over_seconds", Json.seconds(latency.over()));
        node.put("min_samples", latency.minimumSamples());
        node.set("application_p99_seconds", Json.secondsOrNull(latency.applicationP99()));
        latency.applicationOverBaseline().ifPresent(over -> node.put("application_over_baseline", over));
        return node;
    }

    private static LatencyPolicy latency(JsonNode node) {
        return new LatencyPolicy(
                seconds(node, "p99_seconds"),
                seconds(node, "over_seconds"),
                Members.number(node, "min_samples"),
                Members.any(node, "application_p99_seconds", found -> seconds(node, "application_p99_seconds")),
                Members.any(node, "application_over_baseline", found -> OptionalDouble.of(found.doubleValue()))
                        .orElseGet(OptionalDouble::empty));
    }
}
