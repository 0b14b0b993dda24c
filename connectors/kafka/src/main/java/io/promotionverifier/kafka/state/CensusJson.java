package io.promotionverifier.kafka.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.census.Baseline;
import io.promotionverifier.core.census.CensusCounts;
import io.promotionverifier.core.census.CensusFound;
import io.promotionverifier.core.census.CensusProgress;
import io.promotionverifier.core.census.CensusResult;
import io.promotionverifier.core.census.CensusState;
import io.promotionverifier.core.census.Disagreement;
import io.promotionverifier.core.census.PromotionCensus;
import io.promotionverifier.core.census.Unremembered;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.kafka.json.Json;
import io.promotionverifier.kafka.json.Members;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/** What is remembered of censuses, as JSON; a state that knows none yet reads as one in which nobody ever looked. */
final class CensusJson {
    private CensusJson() {}

    static ObjectNode of(CensusState state) {
        ObjectNode node = Json.object().put("begun", state.begun());
        node.set("running", state.running().<JsonNode>map(CensusJson::of).orElseGet(NullNode::getInstance));
        ArrayNode requested = node.putArray("requested");
        state.requested().forEach(table -> requested.add(of(table)));
        node.put("paused", state.paused());
        state.newest().ifPresentOrElse(newest -> node.put("newest", newest), () -> node.putNull("newest"));
        return node;
    }

    static CensusState parse(JsonNode node) {
        Optional<Long> newest = Members.any(node, "newest", found -> Members.number(node, "newest"));
        return new CensusState(
                Members.number(node, "begun"),
                Members.any(node, "running", CensusJson::progress),
                Members.list(node, "requested", CensusJson::table),
                Members.flag(node, "paused"),
                newest.map(OptionalLong::of).orElseGet(OptionalLong::empty));
    }

    private static ObjectNode of(TableName table) {
        return Json.object().put("schema", table.schema()).put("name", table.name());
    }

    private static TableName table(JsonNode node) {
        return new TableName(Members.text(node, "schema"), Members.text(node, "name"));
    }

    private static ObjectNode of(CensusProgress progress) {
        ObjectNode node = Json.object().put("number", progress.number());
        node.set("table", of(progress.table()));
        ArrayNode promotions = node.putArray("promotions");
        progress.promotions().forEach(id -> promotions.add(id.value()));
        node.put("begun", progress.begun().toString())
                .put("estimate", progress.estimate())
                .put("chunks", progress.chunks())
                .put("rows", progress.rows());
        ArrayNode after = node.putArray("after");
        progress.after().forEach(after::add);
        return node;
    }

    private static CensusProgress progress(JsonNode node) {
        return new CensusProgress(
                Members.number(node, "number"),
                table(Members.member(node, "table")),
                Members.list(node, "promotions", id -> new PromotionId(id.asText())),
                Members.lsn(node, "begun"),
                Members.number(node, "estimate"),
                Members.number(node, "chunks"),
                texts(node, "after"),
                Members.number(node, "rows"));
    }

    private static List<String> texts(JsonNode node, String name) {
        return Members.list(node, name, JsonNode::asText);
    }

    static ObjectNode of(PromotionCensus census) {
        ObjectNode node = Json.object();
        node.set("counts", of(census.counts()));
        node.set("found", of(census.found()));
        node.set("latest", census.latest().<JsonNode>map(CensusJson::of).orElseGet(NullNode::getInstance));
        node.set("baseline", census.baseline().<JsonNode>map(CensusJson::of).orElseGet(NullNode::getInstance));
        node.put("examined", census.examined().toString());
        node.set("judged_after", Json.timeOrNull(census.judgedAfter()));
        node.set("unremembered", of(census.unremembered()));
        return node.put("speaks", census.speaks());
    }

    private static ObjectNode of(Unremembered unremembered) {
        return Json.object()
                .put("versions", unremembered.versions())
                .put("begun", unremembered.begun())
                .put("examined", unremembered.examined());
    }

    private static Unremembered unremembered(JsonNode node) {
        return new Unremembered(
                Members.number(node, "versions"), Members.number(node, "begun"), Members.number(node, "examined"));
    }

    static PromotionCensus parsePromotion(JsonNode node) {
        return new PromotionCensus(
                counts(Members.member(node, "counts")),
                found(Members.member(node, "found")),
                Members.any(node, "latest", CensusJson::result),
                Members.any(node, "baseline", CensusJson::baseline),
                Members.lsn(node, "examined"),
                Members.anyTime(node, "judged_after"),
                Members.flag(node, "speaks"),
                Members.any(node, "unremembered", CensusJson::unremembered).orElse(Unremembered.NONE));
    }

    private static ObjectNode of(CensusCounts counts) {
        ObjectNode node = Json.object()
                .put("rows", counts.rows())
                .put("with_value", counts.withValue())
                .put("with_document", counts.withDocument())
                .put("null_column", counts.nullColumn());
        ArrayNode seen = node.putArray("allowed_seen");
        new TreeSet<>(counts.allowedSeen()).forEach(seen::add);
        return node;
    }

    private static CensusCounts counts(JsonNode node) {
        return new CensusCounts(
                Members.number(node, "rows"),
                Members.number(node, "with_value"),
                Members.number(node, "with_document"),
                Members.number(node, "null_column"),
                new HashSet<>(texts(node, "allowed_seen")));
    }

    private static ObjectNode of(CensusFound found) {
        ObjectNode node = Json.object()
                .put("mismatched", found.mismatched())
                .put("unverifiable", found.unverifiable())
                .put("pending", found.pending());
        ObjectNode disagreement =
                node.putObject("disagreement").put("rows", found.disagreement().rows());
        ArrayNode first = disagreement.putArray("first");
        found.disagreement().first().forEach(key -> first.add(Json.key(key)));
        return node;
    }

    private static CensusFound found(JsonNode node) {
        JsonNode disagreement = Members.member(node, "disagreement");
        return new CensusFound(
                Members.number(node, "mismatched"),
                Members.number(node, "unverifiable"),
                new Disagreement(Members.number(disagreement, "rows"), Members.list(disagreement, "first", Json::key)),
                Members.any(node, "pending", pending -> Members.number(node, "pending"))
                        .orElse(0L));
    }

    private static ObjectNode of(CensusResult result) {
        ObjectNode node = Json.object()
                .put("finished", Json.time(result.finished()))
                .put("begun", result.begun().toString())
                .put("lsn", result.lsn().toString());
        node.set("counts", of(result.counts()));
        node.set("found", of(result.found()));
        return node;
    }

    private static CensusResult result(JsonNode node) {
        return new CensusResult(
                Members.time(node, "finished"),
                Members.lsn(node, "begun"),
                Members.lsn(node, "lsn"),
                counts(Members.member(node, "counts")),
                found(Members.member(node, "found")));
    }

    private static ObjectNode of(Baseline baseline) {
        return Json.object()
                .put("tx", baseline.transaction())
                .put("doubts", baseline.doubts())
                .put("rules", baseline.rules());
    }

    private static Baseline baseline(JsonNode node) {
        return new Baseline(Members.number(node, "tx"), Members.number(node, "doubts"), Members.text(node, "rules"));
    }
}
