package io.promotionverifier.kafka.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Origin;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.compare.MismatchKind;
import io.promotionverifier.core.ledger.Author;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.settle.Finding;
import io.promotionverifier.core.settle.FindingOrigin;
import io.promotionverifier.core.settle.FindingState;
import io.promotionverifier.core.settle.Resolution;

/** A finding, as it is told and, with {@code exact}, as it is remembered. */
public final class FindingJson {
    private static final String EXACT = "exact";

    private FindingJson() {}

    /** The finding as the contract shows it. */
    public static ObjectNode of(Finding finding) {
        ObjectNode node = Json.object()
                .put("id", finding.id())
                .put("promotion", finding.promotion().value())
                .put("table", finding.table().toString());
        node.set("key", Json.key(finding.key()));
        node.put("state", Json.lower(finding.state()))
                .put("kind", finding.kind().name());
        node.set("column", SideJson.of(finding.column()));
        node.set("document", SideJson.of(finding.document()));
        node.set("opened", MomentJson.of(finding.opened()));
        node.set("settled", finding.settled().<JsonNode>map(MomentJson::of).orElseGet(NullNode::getInstance));
        node.set("latency_seconds", Json.secondsOrNull(finding.latency()));
        node.set("resolution", Json.orNull(finding.resolution().map(Json::lower)));
        node.put("origin", Json.lower(finding.origin())).put("episode", finding.episode());
        node.set("writer", Json.orNull(finding.author().writer()));
        node.set("operation", Json.orNull(finding.author().operation().map(Json::lower)));
        return node;
    }

    /** The same with what the contract leaves out, so that it can be read back without loss. */
    public static ObjectNode exact(Finding finding) {
        ObjectNode node = of(finding);
        node.putObject(EXACT)
                .put("schema", finding.table().schema())
                .put("name", finding.table().name())
                .put("key", finding.key().json())
                .put("written_by", Json.lower(finding.writtenBy()))
                .put("revision", finding.revision());
        return node;
    }

    /**
     * Reads a finding back; without {@code exact} the revision is 0, the schema ends at the first dot of the table, and
     * the key is in the form in which PostgreSQL prints jsonb.
     *
     * @throws MalformedJsonException if the object is no finding
     */
    public static Finding parse(JsonNode node) {
        return new Finding(
                Members.text(node, "id"),
                promotion(node),
                table(node),
                key(node),
                Members.constant(node, "state", FindingState.class),
                Members.constant(node, "kind", MismatchKind.class),
                SideJson.parse(Members.member(node, "column")),
                SideJson.parse(Members.member(node, "document")),
                MomentJson.parse(Members.member(node, "opened")),
                Members.any(node, "settled", MomentJson::parse),
                Members.any(node, "latency_seconds", found -> Json.duration(Members.decimal(node, "latency_seconds"))),
                Members.anyConstant(node, "resolution", Resolution.class),
                Members.constant(node, "origin", FindingOrigin.class),
                Members.any(node, EXACT, exact -> Members.constant(exact, "written_by", Origin.class))
                        .orElse(Origin.LIVE),
                author(node),
                Members.integer(node, "episode"),
                Members.any(node, EXACT, exact -> Members.integer(exact, "revision"))
                        .orElse(0));
    }

    /**
     * What was found by a census, or by a version that did not look, has none. There may be a million with one writer.
     */
    private static Author author(JsonNode node) {
        return Members.anyConstant(node, "operation", Operation.class)
                .map(operation -> Author.of(
                        operation,
                        Members.anyText(node, "writer").map(String::intern),
                        MomentJson.parse(Members.member(node, "opened")).time()))
                .orElse(Author.UNSEEN);
    }

    static PromotionId promotion(JsonNode node) {
        try {
            return new PromotionId(Members.text(node, "promotion"));
        } catch (IllegalArgumentException malformed) {
            throw new MalformedJsonException("member \"promotion\" is no promotion id", malformed);
        }
    }

    private static TableName table(JsonNode node) {
        return Members.any(
                        node, EXACT, exact -> new TableName(Members.text(exact, "schema"), Members.text(exact, "name")))
                .orElseGet(() -> {
                    String full = Members.text(node, "table");
                    int dot = full.indexOf('.');
                    if (dot < 0) {
                        throw new MalformedJsonException("member \"table\" has no schema");
                    }
                    return new TableName(full.substring(0, dot), full.substring(dot + 1));
                });
    }

    private static RowKey key(JsonNode node) {
        return Members.any(node, EXACT, exact -> new RowKey(Members.text(exact, "key")))
                .orElseGet(() -> Json.key(Members.member(node, "key")));
    }
}
