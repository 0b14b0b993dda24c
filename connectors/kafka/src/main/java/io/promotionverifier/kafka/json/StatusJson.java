package io.promotionverifier.kafka.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.census.CensusCounts;
import io.promotionverifier.core.census.CensusResult;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.judge.Abort;
import io.promotionverifier.core.judge.ReportTrigger;
import io.promotionverifier.core.judge.Sample;
import io.promotionverifier.core.judge.WindowRate;
import io.promotionverifier.core.ledger.Counts;
import io.promotionverifier.core.ledger.Latencies;
import io.promotionverifier.core.pipeline.AfterAbort;
import io.promotionverifier.core.pipeline.CoverageGap;
import io.promotionverifier.core.pipeline.GateOverride;
import io.promotionverifier.core.pipeline.PromotionStatus;
import io.promotionverifier.core.settle.FindingTotals;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The status object and the counters event, which tells a part of it. What has no evidence yet is null, never 0. */
public final class StatusJson {
    private static final List<String> COUNTED = List.of(
            "promotion",
            "counts",
            "findings",
            "kinds",
            "unverifiable_reasons",
            "backfill_changes",
            "reread_changes",
            "estimated",
            "rates",
            "dual_write_latency");

    /** What is told of a row only where the server compares first. */
    private static final Set<Operation> SCREENED = Set.of(Operation.ENTERED, Operation.LEFT);

    private StatusJson() {}

    /** The status of a promotion with the lag observed meanwhile. */
    public static ObjectNode of(PromotionStatus status, Lag lag) {
        ObjectNode node = Json.object()
                .put("promotion", status.promotion().value())
                .put("table", status.table().toString())
                .put("phase", status.phase().name())
                .put("verdict", status.verdict().name())
                .put("reason", status.reason());
        node.set("attribution", attribution(status));
        node.set("window", window(status.window()));
        node.set("counts", counts(status.counts()));
        node.set("findings", findings(status.findings()));
        node.set("kinds", byConstant(status.counts().mismatched()));
        node.set("unverifiable_reasons", byConstant(status.counts().unverifiable()));
        node.put("backfill_changes", status.counts().apart().backfill());
        node.put("reread_changes", status.counts().apart().reread());
        if (status.rate().estimated()) {
            node.set("estimated", estimated(status));
        }
        node.set("rates", rates(status));
        node.set("dual_write_latency", latency(status.latency()));
        node.set("application_latency", ApplicationLatencyJson.of(status.application()));
        node.set("reports", reports(status.reports()));
        node.set("abort", abort(status));
        node.set("census", census(status.census()));
        node.set("position", position(status));
        node.set("lag", lag(lag));
        node.set("gaps", gaps(status.gaps()));
        node.set("coverage", coverage(status.seen()));
        node.set("gate_override", override(status.override()));
        return node;
    }

    /** The counters event: the members of the status that follow from the inputs alone. */
    public static ObjectNode counters(PromotionStatus status) {
        return of(status, Lag.UNKNOWN).retain(COUNTED);
    }

    private static ObjectNode attribution(PromotionStatus status) {
        ObjectNode node = Json.object();
        node.set("summary", Json.orNull(status.crowd()));
        return node.setAll(AttributionJson.of(status.attribution()));
    }

    private static ObjectNode window(PromotionStatus.Window window) {
        ObjectNode node = Json.object();
        node.set("started", Json.timeOrNull(window.started()));
        node.set("length_seconds", Json.seconds(window.length()));
        node.set("verified_seconds", Json.seconds(window.verified()));
        node.set("blind_seconds", Json.seconds(window.blind()));
        return node;
    }

    private static ObjectNode counts(Counts counts) {
        return Json.object()
                .put("changes", counts.changes())
                .put("matched", counts.matched())
                .put("absent", counts.absent())
                .put("mismatched", counts.mismatches())
                .put("superseded", counts.superseded())
                .put("explained", counts.explanations())
                .put("unverifiable", counts.unverifiables())
                .put("skipped", counts.skips());
    }

    private static ObjectNode findings(FindingTotals totals) {
        return Json.object()
                .put("suspected", totals.suspected())
                .put("confirmed", totals.confirmed())
                .put("converged", totals.converged())
                .put("resolved", totals.resolved());
    }

    /** What did not arrive, because the server compares first: null before a first look at the statistics. */
    private static JsonNode estimated(PromotionStatus status) {
        return status.estimate()
                .<JsonNode>map(known -> EstimateJson.told(known, status.counts().changes()))
                .orElseGet(NullNode::getInstance);
    }

    private static ObjectNode byConstant(Map<? extends Enum<?>, Long> counts) {
        ObjectNode node = Json.object();
        counts.forEach((constant, count) -> node.put(constant.name(), count));
        return node;
    }

    private static ObjectNode rates(PromotionStatus status) {
        ObjectNode node = Json.object();
        Optional<CensusCounts> counts = status.census().latest().map(CensusResult::counts);
        ObjectNode state = node.putObject("state");
        Optional<Sample> sample = status.stateRate();
        rate(state, sample.filter(of -> of.rows() > 0).map(Sample::rate));
        state.put("open_rows", status.findings().confirmed());
        sample.ifPresentOrElse(of -> state.put("rows", of.rows()), () -> state.putNull("rows"));
        node.set("window", windowRate(status.rate()));
        ArrayNode windows = node.putArray("windows");
        status.rates().forEach(rate -> windows.add(windowRate(rate)));
        ObjectNode nulls = node.putObject("null");
        rate(nulls, counts.map(of -> (double) of.nullColumn() / of.withDocument()));
        counts.ifPresentOrElse(of -> nulls.put("null_rows", of.nullColumn()), () -> nulls.putNull("null_rows"));
        counts.ifPresentOrElse(of -> nulls.put("rows", of.withDocument()), () -> nulls.putNull("rows"));
        return node;
    }

    /** A rate of nothing is unknown, not 0. */
    private static void rate(ObjectNode node, Optional<Double> value) {
        value.filter(Double::isFinite).ifPresentOrElse(known -> node.put("value", known), () -> node.putNull("value"));
    }

    private static JsonNode census(PromotionStatus.Census census) {
        return census.latest()
                .<JsonNode>map(result -> Json.object()
                        .put("finished", Json.time(result.finished()))
                        .put("rows", result.counts().rows())
                        .put("mismatched", result.found().mismatched())
                        .put("lsn", result.lsn().toString()))
                .orElseGet(NullNode::getInstance);
    }

    private static ObjectNode windowRate(WindowRate rate) {
        ObjectNode node = Json.object();
        rate.value().ifPresentOrElse(value -> node.put("value", value), () -> node.putNull("value"));
        node.put("confirmed_rows", rate.confirmedRows()).put("settled_rows", rate.settledRows());
        if (rate.estimated()) {
            node.put("estimated", true);
        }
        node.set("over_seconds", Json.seconds(rate.over()));
        node.put("unverifiable_rows", rate.unverifiableRows());
        rate.upperBound().ifPresentOrElse(bound -> node.put("upper_bound", bound), () -> node.putNull("upper_bound"));
        rate.worst().ifPresentOrElse(worst -> node.put("worst", worst), () -> node.putNull("worst"));
        return node;
    }

    private static ObjectNode latency(Latencies.Snapshot latency) {
        ObjectNode node = Json.object().put("samples", latency.samples());
        node.set("p50_seconds", Json.secondsOrNull(latency.percentile(0.5)));
        node.set("p99_seconds", Json.secondsOrNull(latency.percentile(0.99)));
        node.set("max_seconds", Json.secondsOrNull(latency.maximum()));
        return node;
    }

    private static ArrayNode reports(Map<String, ReportTrigger.Standing> reports) {
        ArrayNode array = Json.object().arrayNode();
        new TreeMap<>(reports).forEach((name, standing) -> {
            ObjectNode node = ReportJson.of(standing.latest());
            node.set("divergent_since", Json.timeOrNull(standing.divergentSince()));
            array.add(node);
        });
        return array;
    }

    private static ObjectNode abort(PromotionStatus status) {
        Optional<Abort> abort = status.abort();
        ObjectNode node = Json.object().put("active", abort.isPresent());
        node.set("id", Json.orNull(abort.map(Abort::id)));
        node.set("trigger", Json.orNull(abort.map(Abort::trigger)));
        node.set("raised", Json.timeOrNull(abort.map(Abort::raised)));
        node.set(
                "since",
                abort.filter(active -> !status.rate().estimated())
                        .<JsonNode>map(active -> since(status.sinceAbort()))
                        .orElseGet(NullNode::getInstance));
        return node;
    }

    private static ObjectNode since(AfterAbort since) {
        ObjectNode node = Json.object()
                .put("inserted_rows", since.inserts())
                .put("dual_written_rows", since.written())
                .put("unknown_rows", since.unknown());
        node.set("latest_dual_write", Json.timeOrNull(since.latest()));
        return node;
    }

    private static ObjectNode position(PromotionStatus status) {
        ObjectNode node = Json.object().put("lsn", status.watermark().toString());
        node.set("commit_time", Json.timeOrNull(status.streamTime()));
        return node;
    }

    private static ObjectNode lag(Lag lag) {
        ObjectNode node = Json.object();
        lag.bytes().ifPresentOrElse(bytes -> node.put("bytes", bytes), () -> node.putNull("bytes"));
        lag.seconds().ifPresentOrElse(seconds -> node.put("seconds", seconds), () -> node.putNull("seconds"));
        return node;
    }

    /** What the window has exercised; an allowed value is a literal of the configuration and may be named. */
    private static ObjectNode coverage(PromotionStatus.Seen seen) {
        ObjectNode node = Json.object().put("rows", seen.rows()).put("rows_exact", seen.exact());
        ObjectNode operations = node.putObject("operations");
        seen.witnessed().operations().forEach((operation, count) -> {
            if (count > 0 || !SCREENED.contains(operation)) {
                operations.put(Json.lower(operation), count);
            }
        });
        node.put("unverifiable", seen.witnessed().unverifiable());
        node.set(
                "unseen_values",
                seen.unseenAllowed().<JsonNode>map(StatusJson::names).orElseGet(NullNode::getInstance));
        return node;
    }

    private static ArrayNode names(Set<String> names) {
        ArrayNode array = Json.object().arrayNode();
        new TreeSet<>(names).forEach(array::add);
        return array;
    }

    private static JsonNode override(Optional<GateOverride> override) {
        return override.<JsonNode>map(GateOverrideJson::of).orElseGet(NullNode::getInstance);
    }

    private static ArrayNode gaps(List<CoverageGap> gaps) {
        ArrayNode array = Json.object().arrayNode();
        gaps.forEach(gap -> array.add(GapJson.of(gap)));
        return array;
    }
}
