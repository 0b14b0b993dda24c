package io.promotionverifier.kafka.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.pipeline.Rules;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.promotion.Waiver;
import io.promotionverifier.core.settle.Room;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a run began: who judged, and by which rules. The marks of the allowed values stand apart from the values, in an
 * order of their own: else digests would tell what they hide.
 */
public final class RunJson {
    private RunJson() {}

    /** The run as an object. */
    public static ObjectNode of(Effect.RunRecorded run) {
        ObjectNode node = Json.object().put("generation", run.generation()).put("version", run.version());
        ArrayNode rules = node.putArray("promotions");
        run.rules().forEach(each -> rules.add(of(each)));
        node.putObject("room")
                .put("rows", run.room().rows())
                .put("bytes", run.room().bytes());
        return node;
    }

    /**
     * Reads it back.
     *
     * @throws MalformedJsonException if the object is no run
     */
    public static Effect.RunRecorded parse(String eventId, java.time.Instant time, JsonNode node) {
        return new Effect.RunRecorded(
                eventId,
                Members.number(node, "generation"),
                Members.text(node, "version"),
                rules(node),
                room(node),
                time);
    }

    /** The rules of a run, in the order of the configuration. */
    public static List<Rules> rules(JsonNode run) {
        return Members.list(run, "promotions", RunJson::parse);
    }

    /** The run's room for rows that disagree; a run that did not tell had the largest. */
    public static Room.Size room(JsonNode run) {
        return Members.any(
                        run,
                        "room",
                        room -> new Room.Size(Members.integer(room, "rows"), Members.number(room, "bytes")))
                .orElse(Room.Size.LARGEST);
    }

    private static ObjectNode of(Rules rules) {
        Promotion promotion = rules.promotion();
        ObjectNode node = Json.object().put("promotion", promotion.id().value());
        node.set("table", of(promotion.table()));
        node.putObject("from")
                .put("column", promotion.from().column())
                .set("keys", texts(promotion.from().keys()));
        node.put("to", promotion.to());
        node.set("type", ColumnTypeJson.of(promotion.type()));
        node.put("phase", promotion.phase().name());
        node.set("started", Json.timeOrNull(promotion.started()));
        node.put("owner", promotion.owner());
        node.set("allowed", sortedOrNull(promotion.domain().allowed()));
        node.set("allowed_marks", sortedOrNull(rules.allowedMarks()));
        node.put("others_stay_null", promotion.domain().othersStayNull());
        node.set(
                "references",
                promotion
                        .references()
                        .<JsonNode>map(reference -> of(reference.table()))
                        .orElseGet(NullNode::getInstance));
        ArrayNode waivers = node.putArray("waivers");
        promotion.waivers().forEach(waiver -> waivers.add(of(waiver)));
        node.set("policy", PolicyJson.of(promotion.policy()));
        return node.put("values", rules.plain() ? "plain" : "redact");
    }

    private static Rules parse(JsonNode node) {
        Promotion.Domain domain = new Promotion.Domain(anySet(node, "allowed"), Members.flag(node, "others_stay_null"));
        JsonNode from = Members.member(node, "from");
        Promotion promotion = new Promotion(
                FindingJson.promotion(node),
                table(Members.member(node, "table")),
                new DocumentPath(Members.text(from, "column"), Members.list(from, "keys", JsonNode::asText)),
                Members.text(node, "to"),
                ColumnTypeJson.parse(Members.member(node, "type")),
                Members.constant(node, "phase", Phase.class),
                Members.anyTime(node, "started"),
                Members.text(node, "owner"),
                domain,
                Members.any(node, "references", parent -> new Promotion.Reference(table(parent))),
                Members.list(node, "waivers", RunJson::waiver),
                PolicyJson.parse(Members.member(node, "policy")));
        return new Rules(promotion, Members.text(node, "values").equals("plain"), anySet(node, "allowed_marks"));
    }

    private static ObjectNode of(TableName table) {
        return Json.object().put("schema", table.schema()).put("name", table.name());
    }

    private static TableName table(JsonNode node) {
        return new TableName(Members.text(node, "schema"), Members.text(node, "name"));
    }

    private static ObjectNode of(Waiver waiver) {
        ObjectNode node = Json.object();
        node.set("keys", texts(waiver.keys().stream().map(RowKey::json).sorted().toList()));
        return node.put("reason", waiver.reason()).put("by", waiver.by()).put("until", Json.time(waiver.until()));
    }

    private static Waiver waiver(JsonNode node) {
        return new Waiver(
                new HashSet<>(Members.list(node, "keys", key -> new RowKey(key.asText()))),
                Members.text(node, "reason"),
                Members.text(node, "by"),
                Members.time(node, "until"));
    }

    private static ArrayNode texts(Collection<String> texts) {
        ArrayNode array = Json.object().arrayNode();
        texts.forEach(array::add);
        return array;
    }

    private static JsonNode sortedOrNull(Optional<Set<String>> texts) {
        return texts.<JsonNode>map(some -> texts(some.stream().sorted().toList()))
                .orElseGet(NullNode::getInstance);
    }

    private static Optional<Set<String>> anySet(JsonNode node, String name) {
        return Members.any(node, name).map(found -> new HashSet<>(Members.list(node, name, JsonNode::asText)));
    }
}
