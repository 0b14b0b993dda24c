package io.promotionverifier.kafka.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.census.CensusState;
import io.promotionverifier.core.pipeline.CoreState;
import io.promotionverifier.core.pipeline.PromotionState;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.stream.ResumePoint;
import io.promotionverifier.core.stream.ResumePoint.Closed;
import io.promotionverifier.core.stream.ResumePoint.Partial;
import io.promotionverifier.kafka.json.GapJson;
import io.promotionverifier.kafka.json.Json;
import io.promotionverifier.kafka.json.Members;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The core's head as JSON: exact to the microsecond, promotions in the order of their ids. */
final class CoreStateJson {
    private CoreStateJson() {}

    static ObjectNode of(CoreState state) {
        ObjectNode node = Json.object().put("generation", state.generation());
        node.set("resume", resume(state.resume()));
        node.set("stream_time", Json.timeOrNull(state.streamTime()));
        ObjectNode promotions = node.putObject("promotions");
        new TreeMap<>(state.promotions())
                .forEach((id, promotion) -> promotions.set(id.value(), PromotionStateJson.of(promotion)));
        ArrayNode gaps = node.putArray("gaps");
        state.gaps().forEach(gap -> gaps.add(GapJson.of(gap)));
        node.set("silence", Json.orNull(state.silence()));
        node.put("commands_read", state.commandsRead())
                .put("proven", state.proven().toString());
        node.set("census", CensusJson.of(state.census()));
        return node;
    }

    static CoreState parse(JsonNode node) {
        Map<PromotionId, PromotionState> promotions = new LinkedHashMap<>();
        Members.member(node, "promotions")
                .properties()
                .forEach(member ->
                        promotions.put(new PromotionId(member.getKey()), PromotionStateJson.parse(member.getValue())));
        ResumePoint resume = parseResume(Members.member(node, "resume"));
        return new CoreState(
                Members.number(node, "generation"),
                resume,
                Members.anyTime(node, "stream_time"),
                promotions,
                Members.list(node, "gaps", GapJson::parse),
                Members.anyText(node, "silence"),
                Members.number(node, "commands_read"),
                node.has("proven") ? Members.lsn(node, "proven") : resume.watermark(),
                Members.any(node, "census", CensusJson::parse).orElse(CensusState.NONE));
    }

    private static ObjectNode resume(ResumePoint resume) {
        ObjectNode node = Json.object();
        node.set("last", resume.last().<JsonNode>map(CoreStateJson::closed).orElseGet(NullNode::getInstance));
        node.put("watermark", resume.watermark().toString());
        node.set(
                "partial",
                resume.partial().<JsonNode>map(CoreStateJson::partial).orElseGet(NullNode::getInstance));
        return node;
    }

    private static ObjectNode closed(Closed closed) {
        return Json.object()
                .put("tx", closed.transaction())
                .put("end", closed.end().toString());
    }

    private static ObjectNode partial(Partial partial) {
        return Json.object()
                .put("tx", partial.transaction())
                .put("first_row", partial.firstRow().toString())
                .put("rows", partial.rows());
    }

    private static ResumePoint parseResume(JsonNode node) {
        return new ResumePoint(
                Members.any(node, "last", last -> new Closed(Members.number(last, "tx"), Members.lsn(last, "end"))),
                Members.lsn(node, "watermark"),
                Members.any(
                        node,
                        "partial",
                        partial -> new Partial(
                                Members.number(partial, "tx"),
                                Members.lsn(partial, "first_row"),
                                Members.number(partial, "rows"))));
    }
}
