package io.promotionverifier.kafka.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.promotionverifier.core.census.CensusChunk;
import io.promotionverifier.core.census.CensusCounts;
import io.promotionverifier.core.census.CensusRow;
import io.promotionverifier.core.census.TransactionSnapshot;
import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.Moment;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.pipeline.Command;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.pipeline.Input;
import io.promotionverifier.core.pipeline.Rules;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.kafka.client.EventHeaders;
import io.promotionverifier.kafka.json.EstimateJson;
import io.promotionverifier.kafka.json.EventType;
import io.promotionverifier.kafka.json.GapJson;
import io.promotionverifier.kafka.json.GateOverrideJson;
import io.promotionverifier.kafka.json.Json;
import io.promotionverifier.kafka.json.Members;
import io.promotionverifier.kafka.json.ReportJson;
import io.promotionverifier.kafka.json.RunJson;
import io.promotionverifier.kafka.json.WriteLatencyJson;
import io.promotionverifier.kafka.read.ReadEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads records of the history back into what the core was told. Knows the tables of the run that it reads in, because
 * the name of a table in a record is made for people. Confined to one thread.
 */
final class HistoryCodec {
    private final Map<String, TableName> tables = new HashMap<>();
    private final SidesReader sides = new SidesReader();
    private final PrintedChanges printed = new PrintedChanges(this::table, sides::id);
    private final ChangeParser changes = new ChangeParser(sides);

    /** The records that follow are of a run with these rules. */
    void ofRun(List<Rules> rules) {
        tables.clear();
        sides.forget();
        printed.forget();
        rules.forEach(each ->
                tables.put(each.promotion().table().toString(), each.promotion().table()));
    }

    /**
     * Reads a record of another type than CHANGE; absent for a type that is no part of what was told.
     *
     * @throws io.promotionverifier.kafka.json.MalformedJsonException if it is not what a verifier wrote
     */
    Optional<Effect.Recorded> parse(EventType type, ReadEvent event) {
        JsonNode node = event.value();
        String id = event.id();
        return switch (type) {
            case RUN -> Optional.of(run(id, node));
            case TIME -> Optional.of(time(id, node));
            case COVERAGE -> Optional.of(coverage(id, node));
            case CENSUS_CHUNK -> Optional.of(censusChunk(id, node));
            case COMMAND_APPLIED -> Optional.of(input(id, node, new Input.Ordered(command(node))));
            case SILENCE -> Optional.of(input(id, node, new Input.Silence(Members.text(node, "reason"))));
            case GAP -> Optional.of(input(id, node, new Input.GapFound(GapJson.parse(node))));
            case LATENCY -> Optional.of(input(id, node, measured(node)));
            case REPORT -> Optional.of(input(id, node, new Input.ReportRead(promotion(node), ReportJson.parse(node))));
            case COUNTED ->
                Optional.of(input(
                        id,
                        node,
                        new Input.Counted(table(Members.text(node, "table")), EstimateJson.parseCount(node))));
            case CENSUS_BEGUN -> Optional.of(input(id, node, censusBegun(node)));
            default -> Optional.empty();
        };
    }

    private Effect.RunRecorded run(String id, JsonNode node) {
        Effect.RunRecorded run = RunJson.parse(id, Instant.EPOCH, node);
        ofRun(run.rules());
        return run;
    }

    /** Reads the record of a row change. */
    Effect.ChangeRecorded change(ConsumerRecord<String, byte[]> found) {
        String id = EventHeaders.get(found.headers(), EventHeaders.ID).orElse("");
        String key = found.key() == null ? "" : found.key();
        return printed.read(id, key, found.value()).orElseGet(() -> changes.parse(id, key, found.value(), this::table));
    }

    /** The table of that name in this run; one that no promotion has is nobody's. */
    private TableName table(String name) {
        return Optional.ofNullable(tables.get(name)).orElseGet(() -> new TableName("", name));
    }

    private static Effect.TimeRecorded time(String id, JsonNode node) {
        return new Effect.TimeRecorded(
                id, new Moment(Members.lsn(node, "lsn"), OptionalLong.empty(), Members.time(node, "time")));
    }

    private static Effect.CoverageChanged coverage(String id, JsonNode node) {
        return new Effect.CoverageChanged(
                id,
                Members.lsn(node, "lsn"),
                Members.list(node, "opened", GapJson::parse),
                Members.list(node, "ended", GapJson::parse),
                Members.flag(node, "jumped"),
                Instant.EPOCH);
    }

    private static Effect.InputRecorded input(String id, JsonNode node, Input input) {
        return new Effect.InputRecorded(id, input, Members.lsn(node, "watermark"), Instant.EPOCH);
    }

    private static Command command(JsonNode node) {
        Command.Kind kind = Members.constant(node, "command", Command.Kind.class);
        return new Command(
                kind,
                promotion(node),
                Members.text(node, "reason"),
                Members.text(node, "by"),
                Members.time(node, "sent"),
                Members.number(node, "number"),
                Members.any(node, "latency", WriteLatencyJson::parse),
                kind == Command.Kind.GATE_OVERRIDE
                        ? Optional.of(GateOverrideJson.parseOverruled(node))
                        : Optional.empty());
    }

    private static Input.LatencyMeasured measured(JsonNode node) {
        return new Input.LatencyMeasured(promotion(node), WriteLatencyJson.parse(node), Members.time(node, "at"));
    }

    private Input.CensusBegun censusBegun(JsonNode node) {
        long xmax = Members.number(node, "snapshot_xmax");
        return new Input.CensusBegun(
                table(Members.text(node, "table")),
                new CensusChunk.View(new TransactionSnapshot(xmax, xmax, Set.of()), Members.lsn(node, "lsn")),
                Members.number(node, "estimate"));
    }

    private Effect.CensusRecorded censusChunk(String id, JsonNode node) {
        Lsn lsn = Members.lsn(node, "lsn");
        List<JsonNode> suspects = Members.list(node, "suspects", suspect -> suspect);
        CensusChunk chunk = new CensusChunk(
                new CensusChunk.Place(
                        table(Members.text(node, "table")),
                        Members.number(node, "census"),
                        Members.number(node, "chunk")),
                Optional.empty(),
                new CensusChunk.End(List.of(), Members.flag(node, "last")),
                Members.list(node, "counts", HistoryCodec::counts),
                suspects.stream()
                        .map(suspect -> new CensusRow(
                                Json.key(Members.member(suspect, "key")), Members.number(suspect, "tx"), List.of()))
                        .toList());
        return new Effect.CensusRecorded(
                id,
                chunk,
                Members.list(node, "promotions", promotion -> new PromotionId(promotion.asText())),
                suspects.stream()
                        .map(suspect -> sides.read(Members.member(suspect, "sides")))
                        .toList(),
                new Moment(lsn, OptionalLong.empty(), Members.time(node, "time")));
    }

    private static CensusCounts counts(JsonNode node) {
        return new CensusCounts(
                Members.number(node, "rows"),
                Members.number(node, "with_value"),
                Members.number(node, "with_document"),
                Members.number(node, "null_column"),
                new HashSet<>(Members.list(node, "allowed_seen", JsonNode::asText)));
    }

    private static PromotionId promotion(JsonNode node) {
        return new PromotionId(Members.text(node, "promotion"));
    }
}
