package io.promotionverifier.kafka.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.judge.MismatchRateTrigger.TallyName;
import io.promotionverifier.core.judge.RowLadder;
import io.promotionverifier.core.judge.Rung;
import io.promotionverifier.core.judge.Tally;
import io.promotionverifier.core.ledger.Dimension;
import io.promotionverifier.core.ledger.Slice;
import io.promotionverifier.core.pipeline.StateEntry;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.kafka.json.AttributionJson;
import io.promotionverifier.kafka.json.Json;
import io.promotionverifier.kafka.json.MalformedJsonException;
import io.promotionverifier.kafka.json.Members;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Entries of the state as records: {@code row|<promotion>|<row key>} and
 * {@code tally|<promotion>|<name>|<rung>|<slot>}, {@code latency|<promotion>|<slot>},
 * {@code slice|<promotion>|<dimension>|<kind>|<name>}, {@code counted|<promotion>|<rung>|<slot>}, all tombstoned when
 * there is nothing left to remember.
 */
final class EntryCodec {
    private static final String ROW = "row";
    private static final String TALLY = "tally";
    private static final String LATENCY = "latency";
    private static final String SLICE = "slice";
    private static final String COUNTED = "counted";

    private EntryCodec() {}

    static StateRecord record(StateEntry entry) {
        if (entry instanceof StateEntry.Row row) {
            return new StateRecord(
                    ROW + "|" + row.promotion() + "|" + row.key().json(),
                    row.row().map(known -> Json.bytes(RowRecordJson.of(known))));
        }
        if (entry instanceof StateEntry.Tallied tallied) {
            Tally.Key key = tallied.tally().key();
            return new StateRecord(
                    String.join("|", TALLY, tallied.promotion().value(), Json.lower(key.name()), place(key.place())),
                    tallied.tally().sketch().map(known -> Json.bytes(SketchJson.of(known))));
        }
        if (entry instanceof StateEntry.Delayed delayed) {
            return new StateRecord(
                    LATENCY + "|" + delayed.promotion() + "|" + delayed.slot(),
                    delayed.latencies().map(known -> Json.bytes(PromotionStateJson.latency(known))));
        }
        if (entry instanceof StateEntry.Sliced sliced) {
            return new StateRecord(
                    SLICE + "|" + sliced.promotion() + "|" + place(sliced.place()),
                    sliced.slice().map(known -> Json.bytes(AttributionJson.slice(known))));
        }
        if (entry instanceof StateEntry.Counted counted) {
            return new StateRecord(
                    COUNTED + "|" + counted.promotion() + "|" + place(counted.place()),
                    counted.versions().isPresent()
                            ? Optional.of(Json.bytes(Json.object()
                                    .put("versions", counted.versions().getAsLong())))
                            : Optional.empty());
        }
        throw new IllegalArgumentException("an entry of a new kind: " + entry.getClass());
    }

    /**
     * Reads it back.
     *
     * @throws MalformedJsonException if key or value have another shape
     */
    static StateEntry parse(String key, byte[] value) {
        return parse(key, Json.parse(value));
    }

    static StateEntry parse(String key, JsonNode node) {
        String[] parts = key.split("\\|", 3);
        if (parts.length < 3) {
            throw new MalformedJsonException("the key has no three parts");
        }
        PromotionId promotion = promotion(parts[1]);
        return switch (parts[0]) {
            case ROW -> new StateEntry.Row(promotion, new RowKey(parts[2]), Optional.of(RowRecordJson.parse(node)));
            case TALLY ->
                new StateEntry.Tallied(promotion, new Tally(tallyKey(parts[2]), Optional.of(SketchJson.parse(node))));
            case LATENCY ->
                new StateEntry.Delayed(promotion, slot(parts[2]), Optional.of(PromotionStateJson.parseLatency(node)));
            case SLICE -> {
                Slice.Place place = slicePlace(parts[2]);
                yield new StateEntry.Sliced(promotion, place, Optional.of(AttributionJson.parseSlice(place, node)));
            }
            case COUNTED ->
                new StateEntry.Counted(
                        promotion, ladderPlace(parts[2]), OptionalLong.of(Members.number(node, "versions")));
            default ->
                throw new MalformedJsonException(
                        "the key begins with none of " + String.join(", ", ROW, TALLY, LATENCY, SLICE, COUNTED));
        };
    }

    private static long slot(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException malformed) {
            throw new MalformedJsonException("the key names no slot", malformed);
        }
    }

    private static PromotionId promotion(String value) {
        try {
            return new PromotionId(value);
        } catch (IllegalArgumentException malformed) {
            throw new MalformedJsonException("the key has no promotion id", malformed);
        }
    }

    private static String place(RowLadder.Place place) {
        return Json.lower(place.rung()) + "|" + place.slot();
    }

    private static String place(Slice.Place place) {
        return Json.lower(place.dimension()) + "|" + Json.lower(place.kind()) + "|" + place.name();
    }

    private static Slice.Place slicePlace(String text) {
        String[] parts = text.split("\\|", 3);
        try {
            return new Slice.Place(
                    Dimension.valueOf(parts[0].toUpperCase(Locale.ROOT)),
                    Slice.Kind.valueOf(parts[1].toUpperCase(Locale.ROOT)),
                    parts[2]);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException malformed) {
            throw new MalformedJsonException("the key names no slice that we know", malformed);
        }
    }

    private static RowLadder.Place ladderPlace(String text) {
        String[] parts = text.split("\\|", -1);
        try {
            return new RowLadder.Place(Rung.valueOf(parts[0].toUpperCase(Locale.ROOT)), Long.parseLong(parts[1]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException malformed) {
            throw new MalformedJsonException("the key names no slot that we know", malformed);
        }
    }

    private static Tally.Key tallyKey(String text) {
        String[] parts = text.split("\\|", -1);
        try {
            return new Tally.Key(
                    TallyName.valueOf(parts[0].toUpperCase(Locale.ROOT)),
                    new RowLadder.Place(Rung.valueOf(parts[1].toUpperCase(Locale.ROOT)), Long.parseLong(parts[2])));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException malformed) {
            throw new MalformedJsonException("the key names no tally that we know", malformed);
        }
    }
}
