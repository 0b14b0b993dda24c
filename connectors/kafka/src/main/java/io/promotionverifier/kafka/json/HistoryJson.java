package io.promotionverifier.kafka.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.census.CensusChunk;
import io.promotionverifier.core.census.CensusCounts;
import io.promotionverifier.core.census.CensusResult;
import io.promotionverifier.core.census.CensusRow;
import io.promotionverifier.core.change.Moment;
import io.promotionverifier.core.compare.Sides;
import io.promotionverifier.core.pipeline.Command;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.pipeline.Input;
import io.promotionverifier.core.promotion.PromotionId;
import java.util.Map;

/** What the history holds besides row changes: all that the core was told. */
public final class HistoryJson {
    private HistoryJson() {}

    /** A heartbeat that moved stream time. */
    public static ObjectNode time(Moment moment) {
        return Json.object().put("lsn", moment.lsn().toString()).put("time", Json.time(moment.time()));
    }

    /** An order, as the core took it. */
    public static ObjectNode command(Command command) {
        ObjectNode node = Json.object()
                .put("command", Json.lower(command.kind()))
                .put("promotion", command.promotion().value())
                .put("reason", command.reason())
                .put("by", command.by())
                .put("sent", Json.time(command.sent()))
                .put("number", command.number());
        command.latency().ifPresent(figure -> node.set("latency", WriteLatencyJson.of(figure)));
        command.overruled().ifPresent(what -> GateOverrideJson.add(node, what));
        return node;
    }

    /** A figure of the application's write latency. */
    public static ObjectNode measured(Input.LatencyMeasured input) {
        ObjectNode node = WriteLatencyJson.of(input.latency());
        return node.put("promotion", input.promotion().value()).put("at", Json.time(input.at()));
    }

    /** Both sides of a report, as they were read. */
    public static ObjectNode read(Input.ReportRead input) {
        return ReportJson.of(input.reading()).put("promotion", input.promotion().value());
    }

    /** One look at the statistics of a table. */
    public static ObjectNode counted(Input.Counted input) {
        return EstimateJson.of(input.count()).put("table", input.table().toString());
    }

    /** The gaps that began, and those that ended. */
    public static ObjectNode coverage(Effect.CoverageChanged changed) {
        ObjectNode node = Json.object().put("lsn", changed.at().toString());
        ArrayNode opened = node.putArray("opened");
        changed.opened().forEach(gap -> opened.add(GapJson.of(gap)));
        ArrayNode ended = node.putArray("ended");
        changed.ended().forEach(gap -> ended.add(GapJson.of(gap)));
        return node.put("jumped", changed.jumped());
    }

    /** A census began. */
    public static ObjectNode censusBegun(Input.CensusBegun begun) {
        return Json.object()
                .put("table", begun.table().toString())
                .put("snapshot_xmax", begun.view().snapshot().xmax())
                .put("lsn", begun.view().lsn().toString())
                .put("estimate", begun.estimate());
    }

    /** A chunk of a census as it was judged: what it counted, and both sides of the rows that may disagree. */
    public static ObjectNode censusChunk(Effect.CensusRecorded recorded) {
        CensusChunk chunk = recorded.chunk();
        ObjectNode node = Json.object()
                .put("table", chunk.place().table().toString())
                .put("census", chunk.place().census())
                .put("chunk", chunk.place().chunk())
                .put("last", chunk.end().last())
                .put("lsn", recorded.at().lsn().toString())
                .put("time", Json.time(recorded.at().time()));
        ArrayNode promotions = node.putArray("promotions");
        recorded.promotions().forEach(id -> promotions.add(id.value()));
        ArrayNode counts = node.putArray("counts");
        chunk.counts().forEach(of -> counts.add(countsOfChunk(of)));
        ArrayNode suspects = node.putArray("suspects");
        for (int i = 0; i < chunk.suspects().size(); i++) {
            CensusRow row = chunk.suspects().get(i);
            ObjectNode suspect = Json.object();
            suspect.set("key", Json.key(row.key()));
            suspect.put("tx", row.writer());
            suspect.set("sides", sides(recorded.sides().get(i)));
            suspects.add(suspect);
        }
        return node;
    }

    private static ObjectNode sides(Map<PromotionId, Sides> byPromotion) {
        ObjectNode node = Json.object();
        byPromotion.forEach(
                (promotion, sides) -> node.set(promotion.value(), Json.tree(out -> ChangeJson.print(out, sides))));
        return node;
    }

    private static ObjectNode counts(CensusCounts of) {
        return Json.object()
                .put("rows", of.rows())
                .put("with_value", of.withValue())
                .put("with_document", of.withDocument())
                .put("null_column", of.nullColumn());
    }

    private static ObjectNode countsOfChunk(CensusCounts of) {
        ObjectNode node = counts(of);
        ArrayNode allowed = node.putArray("allowed_seen");
        of.allowedSeen().stream().sorted().forEach(allowed::add);
        return node;
    }

    /** What a census says that ended. */
    public static ObjectNode censusEnded(CensusResult result) {
        ObjectNode node = counts(result.counts())
                .put("begun", result.begun().toString())
                .put("lsn", result.lsn().toString())
                .put("mismatched", result.found().mismatched())
                .put("unverifiable", result.found().unverifiable())
                .put("disagreeing", result.found().disagreement().rows());
        ArrayNode first = node.putArray("disagreeing_keys");
        result.found().disagreement().first().forEach(key -> first.add(Json.key(key)));
        return node;
    }

    /** The source fell silent. */
    public static ObjectNode silence(String reason) {
        return Json.object().put("reason", reason);
    }
}
