package io.promotionverifier.kafka.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Origin;
import io.promotionverifier.core.change.Position;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.compare.MismatchKind;
import io.promotionverifier.core.settle.MismatchedVersion;
import io.promotionverifier.core.settle.RowRecord;
import io.promotionverifier.core.settle.TouchedRow;
import io.promotionverifier.kafka.json.FindingJson;
import io.promotionverifier.kafka.json.Json;
import io.promotionverifier.kafka.json.Members;
import io.promotionverifier.kafka.json.SideJson;

/** What is remembered of one row, as JSON. */
final class RowRecordJson {
    private RowRecordJson() {}

    static ObjectNode of(RowRecord row) {
        ObjectNode node = Json.object();
        node.set("finding", row.finding().<JsonNode>map(FindingJson::exact).orElseGet(NullNode::getInstance));
        node.put("past_episodes", row.pastEpisodes());
        node.set("touched", row.touched().<JsonNode>map(RowRecordJson::touched).orElseGet(NullNode::getInstance));
        return node;
    }

    static RowRecord parse(JsonNode node) {
        return new RowRecord(
                Members.any(node, "finding", FindingJson::parse),
                Members.integer(node, "past_episodes"),
                Members.any(node, "touched", RowRecordJson::parseTouched));
    }

    private static ObjectNode touched(TouchedRow touched) {
        ObjectNode node = Json.object();
        node.set("origin", Json.orNull(touched.origin().map(RowKey::json)));
        node.put("latest", Json.lower(touched.latest()));
        node.set(
                "version",
                touched.version().<JsonNode>map(RowRecordJson::version).orElseGet(NullNode::getInstance));
        return node;
    }

    private static TouchedRow parseTouched(JsonNode node) {
        return new TouchedRow(
                Members.anyText(node, "origin").map(RowKey::new),
                Members.constant(node, "latest", TouchedRow.Latest.class),
                Members.any(node, "version", RowRecordJson::parseVersion));
    }

    private static ObjectNode version(MismatchedVersion version) {
        ObjectNode node = Json.object()
                .put("operation", Json.lower(version.operation()))
                .put("origin", Json.lower(version.origin()))
                .put("kind", version.kind().name());
        node.set("writer", Json.orNull(version.writer()));
        node.set("column", SideJson.of(version.column()));
        node.set("document", SideJson.of(version.document()));
        Position position = version.position();
        return node.put("lsn", position.lsn().toString())
                .put("tx", position.transaction())
                .put("order", position.order())
                .put("commit_time", Json.time(position.commitTime()));
    }

    private static MismatchedVersion parseVersion(JsonNode node) {
        return new MismatchedVersion(
                Members.constant(node, "operation", Operation.class),
                Members.constant(node, "origin", Origin.class),
                Members.anyText(node, "writer"),
                Members.constant(node, "kind", MismatchKind.class),
                SideJson.parse(Members.member(node, "column")),
                SideJson.parse(Members.member(node, "document")),
                new Position(
                        Members.lsn(node, "lsn"),
                        Members.number(node, "tx"),
                        Members.number(node, "order"),
                        Members.time(node, "commit_time")));
    }
}
