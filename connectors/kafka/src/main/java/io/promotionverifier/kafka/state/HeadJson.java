package io.promotionverifier.kafka.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.kafka.json.Json;
import io.promotionverifier.kafka.json.MalformedJsonException;
import io.promotionverifier.kafka.json.Members;

/** The head as JSON. */
final class HeadJson {
    static final int SCHEMA = 1;

    private HeadJson() {}

    static ObjectNode of(Head head) {
        ObjectNode node = Json.object() // what HeadLink reads comes first
                .put("schema", SCHEMA)
                .put("sequence", head.sequence())
                .put("incarnation", head.incarnation());
        node.set("previous", Json.orNull(head.previous()));
        Anchor anchor = head.anchor();
        ObjectNode anchored = node.putObject("anchor")
                .put("system_identifier", anchor.systemIdentifier())
                .put("timeline", anchor.timeline())
                .put("database", anchor.database())
                .put("slot", anchor.slot())
                .put("capture", anchor.captureFingerprint())
                .put("values_key", anchor.valuesKeyFingerprint())
                .put("configuration", anchor.configurationHash());
        if (!anchor.readFrom().isEmpty()) {
            anchored.put("read_from", anchor.readFrom());
        }
        node.putObject("entries")
                .put("count", head.entries().count())
                .put("sum", head.entries().hex());
        HistoryPlace history = head.history();
        node.putObject("history")
                .put("records", history.records())
                .put("whole", history.whole())
                .set("whole_time", Json.timeOrNull(history.wholeTime()));
        node.set("core", CoreStateJson.of(head.core()));
        ArrayNode statuses = node.putArray("statuses");
        head.statuses().forEach(statuses::add);
        return node;
    }

    /** The version of the shape; everything else may be read only if it is ours. */
    static int schema(JsonNode node) {
        return Members.integer(node, "schema");
    }

    static Head parse(JsonNode node) {
        return new Head(
                Members.number(node, "sequence"),
                Members.number(node, "incarnation"),
                Members.anyText(node, "previous"),
                anchor(Members.member(node, "anchor")),
                entries(Members.member(node, "entries")),
                Members.any(node, "history", HeadJson::history).orElse(HistoryPlace.NONE),
                CoreStateJson.parse(Members.member(node, "core")),
                Members.list(node, "statuses", status -> status));
    }

    private static Anchor anchor(JsonNode node) {
        return new Anchor(
                Members.text(node, "system_identifier"),
                Members.text(node, "timeline"),
                Members.text(node, "database"),
                Members.text(node, "slot"),
                Members.text(node, "capture"),
                Members.text(node, "values_key"),
                Members.text(node, "configuration"),
                Members.anyText(node, "read_from").orElse(""));
    }

    private static HistoryPlace history(JsonNode node) {
        return new HistoryPlace(
                Members.number(node, "records"), Members.number(node, "whole"), Members.anyTime(node, "whole_time"));
    }

    private static EntriesDigest entries(JsonNode node) {
        try {
            return new EntriesDigest(
                    Members.number(node, "count"), Long.parseUnsignedLong(Members.text(node, "sum"), 16));
        } catch (NumberFormatException malformed) {
            throw new MalformedJsonException("member \"sum\" is no hexadecimal number", malformed);
        }
    }
}
