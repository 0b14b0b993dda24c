package io.promotionverifier.kafka.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.judge.Abort;
import io.promotionverifier.core.judge.AbortCleared;
import io.promotionverifier.core.judge.AbortTrigger;
import io.promotionverifier.core.ledger.Attribution;
import io.promotionverifier.core.settle.Finding;
import java.util.Optional;
import java.util.function.Function;

/** A raised abort with its evidence, and its end. */
public final class AbortJson {
    private AbortJson() {}

    /** The event of a raised abort, as the contract shows it. */
    public static ObjectNode raised(Abort abort) {
        return of(abort, FindingJson::of, AttributionJson.of(abort.attribution()));
    }

    /** The same with what the contract leaves out of its findings, so that it can be read back without loss. */
    public static ObjectNode exact(Abort abort) {
        return of(abort, FindingJson::exact, AttributionJson.exact(abort.attribution()));
    }

    private static ObjectNode of(Abort abort, Function<Finding, ObjectNode> form, ObjectNode attribution) {
        ObjectNode node = Json.object()
                .put("id", abort.id())
                .put("promotion", abort.promotion().value())
                .put("trigger", abort.trigger().name());
        node.set("rule", Json.orNull(abort.rule()));
        abort.evidence().ifPresentOrElse(evidence -> evidence(node, evidence), () -> noEvidence(node));
        node.putObject("lsn")
                .put("from", abort.from().toString())
                .put("to", abort.to().toString());
        node.put("raised", Json.time(abort.raised()));
        node.set("by", Json.orNull(abort.by()));
        node.put("reason", abort.reason());
        ArrayNode findings = node.putArray("findings");
        abort.findings().forEach(finding -> findings.add(form.apply(finding)));
        node.set("attribution", attribution);
        ArrayNode procedure = node.putArray("procedure");
        Abort.PROCEDURE.forEach(procedure::add);
        return node.put("rollback_sql", abort.rollbackSql()).put("runbook", runbook(abort.trigger()));
    }

    private static void evidence(ObjectNode node, Abort.Evidence evidence) {
        node.put("observed", evidence.observed())
                .put("threshold", evidence.threshold())
                .put("sample", evidence.sample())
                .put("mismatched", evidence.mismatched());
        node.set("window_seconds", Json.seconds(evidence.window()));
        if (evidence.estimated()) {
            node.put("sample_estimated", true);
        }
    }

    private static void noEvidence(ObjectNode node) {
        node.putNull("observed")
                .putNull("threshold")
                .putNull("sample")
                .putNull("mismatched")
                .putNull("window_seconds");
    }

    private static String runbook(AbortTrigger trigger) {
        return "docs/runbooks/" + Json.lower(trigger).replace('_', '-') + ".md";
    }

    /** The event of a cleared abort. */
    public static ObjectNode cleared(AbortCleared ended) {
        Abort abort = ended.abort();
        return Json.object()
                .put("id", abort.id())
                .put("promotion", abort.promotion().value())
                .put("trigger", abort.trigger().name())
                .put("raised", Json.time(abort.raised()))
                .put("cleared", Json.time(ended.cleared()))
                .put("by", ended.by())
                .put("reason", ended.reason());
    }

    /**
     * Reads it back.
     *
     * @throws MalformedJsonException if the object is no raised abort
     */
    public static Abort parse(JsonNode node) {
        JsonNode lsn = Members.member(node, "lsn");
        return new Abort(
                Members.text(node, "id"),
                FindingJson.promotion(node),
                Members.constant(node, "trigger", AbortTrigger.class),
                Members.anyText(node, "rule"),
                parseEvidence(node),
                Members.lsn(lsn, "from"),
                Members.lsn(lsn, "to"),
                Members.time(node, "raised"),
                Members.anyText(node, "by"),
                Members.text(node, "reason"),
                Members.list(node, "findings", FindingJson::parse),
                Members.any(node, "attribution", AttributionJson::parse).orElse(Attribution.NONE),
                Members.text(node, "rollback_sql"));
    }

    private static Optional<Abort.Evidence> parseEvidence(JsonNode node) {
        return Members.any(
                node,
                "observed",
                found -> new Abort.Evidence(
                        Members.decimal(node, "observed").doubleValue(),
                        Members.decimal(node, "threshold").doubleValue(),
                        Members.number(node, "sample"),
                        Members.number(node, "mismatched"),
                        Json.duration(Members.decimal(node, "window_seconds")),
                        node.has("sample_estimated")));
    }
}
