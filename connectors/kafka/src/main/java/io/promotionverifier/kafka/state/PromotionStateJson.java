package io.promotionverifier.kafka.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.census.PromotionCensus;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.compare.ExplainedReason;
import io.promotionverifier.core.compare.MismatchKind;
import io.promotionverifier.core.compare.UnverifiableReason;
import io.promotionverifier.core.ledger.Counts;
import io.promotionverifier.core.ledger.Latencies;
import io.promotionverifier.core.ledger.Witnessed;
import io.promotionverifier.core.pipeline.AfterAbort;
import io.promotionverifier.core.pipeline.PromotionState;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.settle.FindingTotals;
import io.promotionverifier.kafka.json.AbortJson;
import io.promotionverifier.kafka.json.EstimateJson;
import io.promotionverifier.kafka.json.GateOverrideJson;
import io.promotionverifier.kafka.json.Json;
import io.promotionverifier.kafka.json.MalformedJsonException;
import io.promotionverifier.kafka.json.Members;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What one promotion remembers besides rows and tallies, as JSON. */
final class PromotionStateJson {
    private PromotionStateJson() {}

    static ObjectNode of(PromotionState state) {
        ObjectNode node = Json.object();
        node.set("counts", counts(state.counts()));
        FindingTotals totals = state.findings();
        node.putObject("findings")
                .put("suspected", totals.suspected())
                .put("confirmed", totals.confirmed())
                .put("converged", totals.converged())
                .put("resolved", totals.resolved());
        node.set("latency", latency(state.latency()));
        node.set("started", Json.timeOrNull(state.started()));
        node.put("verified", state.verified().toString());
        node.put("blind", state.blind().toString());
        node.set("abort", state.abort().<JsonNode>map(AbortJson::exact).orElseGet(NullNode::getInstance));
        ObjectNode raised = node.putObject("aborts_raised");
        new TreeMap<>(state.abortsRaised()).forEach(raised::put);
        node.set("phase", Json.orNull(state.phase()));
        node.set("since_abort", sinceAbort(state.sinceAbort()));
        node.set("application", JudgedStateJson.of(state.application()));
        node.set("reports", JudgedStateJson.of(state.reports()));
        node.put("told_at_cut", state.toldAtCut());
        node.set("census", CensusJson.of(state.census()));
        node.set("witnessed", witnessed(state.witnessed()));
        node.set(
                "gate_override",
                state.override().<JsonNode>map(GateOverrideJson::of).orElseGet(NullNode::getInstance));
        state.estimate().ifPresent(known -> node.set("estimate", EstimateJson.of(known)));
        return node;
    }

    private static ObjectNode sinceAbort(AfterAbort since) {
        ObjectNode node = Json.object()
                .put("inserts", since.inserts())
                .put("written", since.written())
                .put("unknown", since.unknown());
        node.set("latest", Json.timeOrNull(since.latest()));
        return node;
    }

    private static AfterAbort parseSinceAbort(JsonNode node) {
        return new AfterAbort(
                Members.number(node, "inserts"),
                Members.number(node, "written"),
                node.has("unknown") ? Members.number(node, "unknown") : 0,
                Members.anyTime(node, "latest"));
    }

    static PromotionState parse(JsonNode node) {
        Map<String, Long> raised = new TreeMap<>();
        JsonNode counted = Members.member(node, "aborts_raised");
        counted.fieldNames().forEachRemaining(trigger -> raised.put(trigger, Members.number(counted, trigger)));
        JsonNode totals = Members.member(node, "findings");
        return new PromotionState(
                parseCounts(Members.member(node, "counts")),
                new FindingTotals(
                        Members.number(totals, "suspected"),
                        Members.number(totals, "confirmed"),
                        Members.number(totals, "converged"),
                        Members.number(totals, "resolved")),
                parseLatency(Members.member(node, "latency")),
                Members.anyTime(node, "started"),
                duration(node, "verified"),
                duration(node, "blind"),
                Members.any(node, "abort", AbortJson::parse),
                parseSinceAbort(Members.member(node, "since_abort")),
                raised,
                Members.anyConstant(node, "phase", Phase.class),
                Members.number(node, "told_at_cut"),
                JudgedStateJson.parseApplication(Members.member(node, "application")),
                JudgedStateJson.parseReports(Members.member(node, "reports")),
                Members.any(node, "census", CensusJson::parsePromotion).orElse(PromotionCensus.NONE),
                Members.any(node, "witnessed", PromotionStateJson::parseWitnessed)
                        .orElse(Witnessed.NOTHING),
                Members.any(node, "gate_override", GateOverrideJson::parse),
                Members.any(node, "estimate", EstimateJson::parse));
    }

    private static ObjectNode witnessed(Witnessed witnessed) {
        ObjectNode node = Json.object();
        node.set("operations", byConstant(witnessed.operations()));
        node.put("unverifiable", witnessed.unverifiable());
        ArrayNode allowed = node.putArray("allowed");
        new TreeSet<>(witnessed.allowed()).forEach(allowed::add);
        return node;
    }

    private static Witnessed parseWitnessed(JsonNode node) {
        return new Witnessed(
                parse(node, "operations", Operation.class),
                Members.number(node, "unverifiable"),
                new HashSet<>(Members.list(node, "allowed", JsonNode::asText)));
    }

    private static Duration duration(JsonNode node, String name) {
        try {
            return Duration.parse(Members.text(node, name));
        } catch (DateTimeException malformed) {
            throw new MalformedJsonException("member \"" + name + "\" is no duration", malformed);
        }
    }

    private static ObjectNode counts(Counts counts) {
        ObjectNode node = Json.object()
                .put("matched", counts.matched())
                .put("absent", counts.absent())
                .put("superseded", counts.superseded());
        node.set("mismatched", byConstant(counts.mismatched()));
        node.set("explained", byConstant(counts.explained()));
        node.set("unverifiable", byConstant(counts.unverifiable()));
        node.set("skipped", byConstant(counts.skipped()));
        node.set("operations", byConstant(counts.operations()));
        node.putObject("apart")
                .put("backfill", counts.apart().backfill())
                .put("reread", counts.apart().reread());
        return node;
    }

    private static ObjectNode byConstant(Map<? extends Enum<?>, Long> counts) {
        ObjectNode node = Json.object();
        counts.forEach((constant, count) -> node.put(Json.lower(constant), count));
        return node;
    }

    private static Counts parseCounts(JsonNode node) {
        return new Counts(
                Members.number(node, "matched"),
                Members.number(node, "absent"),
                parse(node, "mismatched", MismatchKind.class),
                Members.number(node, "superseded"),
                parse(node, "explained", ExplainedReason.class),
                parse(node, "unverifiable", UnverifiableReason.class),
                parse(node, "skipped", Operation.class),
                parse(node, "operations", Operation.class),
                Members.any(node, "apart", PromotionStateJson::parseApart).orElse(Counts.Apart.NONE));
    }

    /** A checkpoint of before the first release that told anything apart has no such member. */
    private static Counts.Apart parseApart(JsonNode node) {
        return new Counts.Apart(Members.number(node, "backfill"), Members.number(node, "reread"));
    }

    private static <E extends Enum<E>> Map<E, Long> parse(JsonNode node, String name, Class<E> type) {
        JsonNode counted = Members.member(node, name);
        Map<E, Long> counts = new EnumMap<>(type);
        counted.fieldNames().forEachRemaining(constant -> {
            try {
                counts.put(Enum.valueOf(type, constant.toUpperCase(Locale.ROOT)), Members.number(counted, constant));
            } catch (IllegalArgumentException unknown) {
                throw new MalformedJsonException("member \"" + name + "\" counts an unknown constant", unknown);
            }
        });
        return counts;
    }

    static ObjectNode latency(Latencies.Snapshot latency) {
        ObjectNode node = Json.object();
        ObjectNode buckets = node.putObject("buckets");
        latency.buckets().forEach((bucket, samples) -> buckets.put(bucket.toString(), samples));
        return node.put("samples", latency.samples())
                .put("sum_micros", latency.sumMicros())
                .put("maximum_micros", latency.maximumMicros());
    }

    static Latencies.Snapshot parseLatency(JsonNode node) {
        JsonNode counted = Members.member(node, "buckets");
        Map<Integer, Long> buckets = new TreeMap<>();
        counted.fieldNames().forEachRemaining(bucket -> {
            try {
                buckets.put(Integer.parseInt(bucket), Members.number(counted, bucket));
            } catch (NumberFormatException malformed) {
                throw new MalformedJsonException("member \"buckets\" has a bucket that is no number", malformed);
            }
        });
        return new Latencies.Snapshot(
                buckets,
                Members.number(node, "samples"),
                Members.number(node, "sum_micros"),
                Members.number(node, "maximum_micros"));
    }
}
