package io.promotionverifier.kafka.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.change.DocumentValue.Absence;
import io.promotionverifier.core.compare.SealedValue;
import io.promotionverifier.core.compare.Side;
import io.promotionverifier.core.compare.UnverifiableReason;

/** One side of a promotion in one row version. */
public final class SideJson {
    private static final String NULL_COLUMN = "null";

    private SideJson() {}

    /** The side as an object. */
    public static ObjectNode of(Side side) {
        if (side instanceof Side.Known known) {
            return sealed(known.value());
        }
        ObjectNode node = Json.object();
        if (side instanceof Side.Null) {
            node.put("absent", NULL_COLUMN);
        } else if (side instanceof Side.Absent absent) {
            node.put("absent", Json.lower(absent.form()));
        } else if (side instanceof Side.Uncastable uncastable) {
            node.set("uncastable", sealed(uncastable.text()));
        } else if (side instanceof Side.Unavailable unavailable) {
            node.put("unavailable", Json.lower(unavailable.reason()));
        }
        return node;
    }

    private static ObjectNode sealed(SealedValue value) {
        return value.plain()
                ? Json.object().put("value", value.mark())
                : Json.object().put("digest", value.mark()).put("length", value.length());
    }

    /**
     * Reads it back.
     *
     * @throws MalformedJsonException if the object is no side
     */
    public static Side parse(JsonNode node) {
        if (node.has("absent")) {
            return Members.text(node, "absent").equals(NULL_COLUMN)
                    ? new Side.Null()
                    : new Side.Absent(Members.constant(node, "absent", Absence.class));
        }
        if (node.has("unavailable")) {
            return new Side.Unavailable(Members.constant(node, "unavailable", UnverifiableReason.class));
        }
        return node.has("uncastable")
                ? new Side.Uncastable(parseSealed(Members.member(node, "uncastable")))
                : new Side.Known(parseSealed(node));
    }

    private static SealedValue parseSealed(JsonNode node) {
        if (node.has("value")) {
            String value = Members.text(node, "value");
            return new SealedValue(value, value.codePointCount(0, value.length()), true);
        }
        return new SealedValue(Members.text(node, "digest"), Members.integer(node, "length"), false);
    }
}
