package io.promotionverifier.kafka.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.ledger.Attribution;
import io.promotionverifier.core.ledger.Dimension;
import io.promotionverifier.core.ledger.Share;
import io.promotionverifier.core.ledger.Slice;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Who wrote: outcomes and findings by writer, operation and hour, as they are told and as they are remembered. */
public final class AttributionJson {
    private static final String TOUCHED = "touched";

    private AttributionJson() {}

    /** The slices by dimension. */
    public static ObjectNode of(Attribution attribution) {
        return exact(attribution, false);
    }

    /** The same with the order in which they were counted into, so that it can be read back without loss. */
    public static ObjectNode exact(Attribution attribution) {
        return exact(attribution, true);
    }

    private static ObjectNode exact(Attribution attribution, boolean exact) {
        ObjectNode node = Json.object();
        for (Dimension dimension : Dimension.values()) {
            ArrayNode slices = node.putArray(Json.lower(dimension));
            attribution.along(dimension).forEach(slice -> {
                ObjectNode told = Json.object();
                told.set("name", name(slice));
                told.put("kind", Json.lower(slice.place().kind())).setAll(shares(slice));
                slices.add(exact ? told.put(TOUCHED, slice.touched()) : told);
            });
        }
        return node;
    }

    private static JsonNode name(Slice slice) {
        return slice.place().kind() == Slice.Kind.NAMED
                ? Json.object().textNode(slice.place().name())
                : NullNode.getInstance();
    }

    /** How much of everything a slice has, with the order in which it was counted into. */
    public static ObjectNode slice(Slice slice) {
        return shares(slice).put(TOUCHED, slice.touched());
    }

    private static ObjectNode shares(Slice slice) {
        ObjectNode node = Json.object();
        ObjectNode counts = node.putObject("counts").put("changes", slice.changes());
        ObjectNode findings = node.putObject("findings");
        slice.shares().forEach((share, count) -> (share.isOutcome() ? counts : findings).put(Json.lower(share), count));
        node.set("open_since", Json.timeOrNull(slice.since()));
        return node;
    }

    /**
     * Reads a slice back.
     *
     * @throws MalformedJsonException if the object is none
     */
    public static Slice parseSlice(Slice.Place place, JsonNode node) {
        Map<Share, Long> shares = new EnumMap<>(Share.class);
        JsonNode counts = Members.member(node, "counts");
        JsonNode findings = Members.member(node, "findings");
        for (Share share : Share.values()) {
            shares.put(share, Members.number(share.isOutcome() ? counts : findings, Json.lower(share)));
        }
        return new Slice(
                place,
                shares,
                Members.anyTime(node, "open_since"),
                Members.any(node, TOUCHED, found -> Members.number(node, TOUCHED))
                        .orElse(0L));
    }

    /**
     * Reads all slices back.
     *
     * @throws MalformedJsonException if the object holds none
     */
    public static Attribution parse(JsonNode node) {
        List<Slice> slices = new ArrayList<>();
        for (Dimension dimension : Dimension.values()) {
            slices.addAll(Members.list(
                    node,
                    Json.lower(dimension),
                    slice -> parseSlice(
                            new Slice.Place(
                                    dimension,
                                    Members.constant(slice, "kind", Slice.Kind.class),
                                    Members.anyText(slice, "name").orElse("")),
                            slice)));
        }
        return new Attribution(slices);
    }
}
