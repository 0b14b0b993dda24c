package io.promotionverifier.kafka.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.promotionverifier.core.change.DocumentValue.Absence;
import io.promotionverifier.core.compare.SealedValue;
import io.promotionverifier.core.compare.Side;
import io.promotionverifier.core.compare.UnverifiableReason;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One side of a promotion in one row version. */
public final class SideJson {
    private static final String NULL_COLUMN = "null";

    private SideJson() {}

    /** The side as an object. */
    public static JsonNode of(Side side) {
        return Json.tree(out -> print(out, side, false));
    }

    /**
     * Prints the side.
     *
     * @param reread whether it was not in the log, which is told with it
     */
    static void print(JsonGenerator out, Side side, boolean reread) throws IOException {
        out.writeStartObject();
        if (side instanceof Side.Known known) {
            print(out, known.value());
        } else if (side instanceof Side.Null) {
            out.writeStringField("absent", NULL_COLUMN);
        } else if (side instanceof Side.Absent absent) {
            out.writeStringField("absent", Json.lower(absent.form()));
        } else if (side instanceof Side.Uncastable uncastable) {
            out.writeObjectFieldStart("uncastable");
            print(out, uncastable.text());
            out.writeEndObject();
        } else if (side instanceof Side.Unavailable unavailable) {
            out.writeStringField("unavailable", Json.lower(unavailable.reason()));
        }
        if (reread) {
            out.writeStringField("read", "row");
        }
        out.writeEndObject();
    }

    private static void print(JsonGenerator out, SealedValue value) throws IOException {
        if (value.plain()) {
            out.writeStringField("value", value.mark());
        } else {
            out.writeStringField("digest", value.mark());
            out.writeNumberField("length", value.length());
        }
    }

    /**
     * A side that was read back.
     *
     * @param side the side
     * @param reread whether it came from a look at the row
     */
    public record Told(Side side, boolean reread) {}

    /**
     * Reads it back.
     *
     * @param name of the member in which it stands
     * @throws MalformedJsonException if what stands there is no side
     */
    public static Told parse(TokenReader in, String name) {
        Parts parts = new Parts(in);
        in.object(name, parts);
        return new Told(parts.side(), parts.reread);
    }

    /**
     * Reads it back from a tree.
     *
     * @throws MalformedJsonException if the object is no side
     */
    public static Side parse(JsonNode node) {
        return TokenReader.whole(node, Parts::new).side();
    }

    /** The members of a side, in whatever order they come. */
    private static final class Parts implements TokenReader.Member {
        private final TokenReader in;
        private @Nullable String absent;
        private @Nullable String unavailable;
        private @Nullable Parts uncastable;
        private @Nullable String value;
        private @Nullable String digest;
        private int length = -1;
        private boolean reread;

        Parts(TokenReader in) {
            this.in = in;
        }

        @Override
        public void read(String name) {
            switch (name) {
                case "digest" -> digest = in.text(name);
                case "length" -> length = in.integer(name);
                case "value" -> value = in.text(name);
                case "absent" -> absent = in.text(name);
                case "unavailable" -> unavailable = in.text(name);
                case "uncastable" -> {
                    Parts inner = new Parts(in);
                    in.object(name, inner);
                    uncastable = inner;
                }
                case "read" -> reread = true;
                default -> {
                    // of a newer version
                }
            }
        }

        Side side() {
            if (absent != null) {
                return absent.equals(NULL_COLUMN)
                        ? new Side.Null()
                        : new Side.Absent(Members.constant("absent", absent, Absence.class));
            }
            if (unavailable != null) {
                return new Side.Unavailable(Members.constant("unavailable", unavailable, UnverifiableReason.class));
            }
            return uncastable == null ? new Side.Known(sealed()) : new Side.Uncastable(uncastable.sealed());
        }

        private SealedValue sealed() {
            if (value != null) {
                return new SealedValue(value, value.codePointCount(0, value.length()), true);
            }
            if (digest == null || length < 0) {
                throw new MalformedJsonException("member \"digest\" or \"length\" is missing");
            }
            return new SealedValue(digest, length, false);
        }
    }
}
