package io.promotionverifier.kafka.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.util.RawValue;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.promotionverifier.core.change.RowKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The forms that all our JSON shares: exact numbers, microseconds, row keys as PostgreSQL writes them. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final ObjectReader PART = MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final ObjectWriter AS_JSONB_PRINTS = MAPPER.writer(new JsonbSpaces());
    private static final int MICROS = 6;
    private static final int FIRST_BYTES = 512;

    private Json() {}

    /** A space after each colon and comma. */
    private static final class JsonbSpaces extends MinimalPrettyPrinter {
        private static final long serialVersionUID = 1L;

        @Override
        public void writeObjectFieldValueSeparator(JsonGenerator out) throws IOException {
            out.writeRaw(": ");
        }

        @Override
        public void writeObjectEntrySeparator(JsonGenerator out) throws IOException {
            out.writeRaw(", ");
        }

        @Override
        public void writeArrayValueSeparator(JsonGenerator out) throws IOException {
            out.writeRaw(", ");
        }
    }

    /** An empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** The tree as UTF-8. */
    public static byte[] bytes(JsonNode tree) {
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree that cannot be written", impossible);
        }
    }

    /** Says what is to be printed. */
    @FunctionalInterface
    interface Print {
        /** Prints one value. */
        void to(JsonGenerator out) throws IOException;
    }

    /** What is printed, as UTF-8. */
    static byte[] bytes(Print print) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(FIRST_BYTES);
        try (JsonGenerator out = MAPPER.createGenerator(bytes)) {
            print.to(out);
        } catch (IOException impossible) {
            throw new IllegalStateException("printing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    /** What is printed, as a tree. */
    static JsonNode tree(Print print) {
        try (TokenBuffer buffer = new TokenBuffer(MAPPER, false)) {
            print.to(buffer);
            return MAPPER.readTree(buffer.asParser());
        } catch (IOException impossible) {
            throw new IllegalStateException("printing to memory failed", impossible);
        }
    }

    /** The tree as text. */
    public static String text(JsonNode tree) {
        try {
            return MAPPER.writeValueAsString(tree);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree that cannot be written", impossible);
        }
    }

    /**
     * Reads it back.
     *
     * @throws MalformedJsonException if the bytes are not one JSON object
     */
    public static ObjectNode parse(byte[] json) {
        try {
            if (MAPPER.readTree(json) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException malformed) {
            throw new MalformedJsonException("not JSON", withoutSource(malformed));
        }
        throw new MalformedJsonException("not a JSON object");
    }

    /**
     * Reads it back.
     *
     * @throws MalformedJsonException if the text is not JSON
     */
    public static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException malformed) {
            throw new MalformedJsonException("not JSON", withoutSource(malformed));
        }
    }

    /**
     * Some members of an object, which is read no further than to the last of them.
     *
     * @throws MalformedJsonException if the bytes, so far, are no JSON object
     */
    public static ObjectNode members(byte[] json, Set<String> names) {
        ObjectNode found = object();
        try (JsonParser tokens = tokens(json)) {
            if (tokens.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedJsonException("not a JSON object");
            }
            while (found.size() < names.size() && tokens.nextToken() == JsonToken.FIELD_NAME) {
                String name = tokens.currentName();
                tokens.nextToken();
                if (names.contains(name)) {
                    found.set(name, tree(tokens));
                } else {
                    tokens.skipChildren();
                }
            }
            return found;
        } catch (IOException malformed) {
            throw new MalformedJsonException("not JSON", withoutSource(malformed));
        }
    }

    /** What is in it, token by token. */
    static JsonParser tokens(byte[] json) throws IOException {
        return MAPPER.createParser(json);
    }

    /** The value that stands here, of which others follow. */
    static JsonNode tree(JsonParser tokens) throws IOException {
        return PART.readTree(tokens);
    }

    /** Jackson quotes the input in its messages: row values would leave with them. */
    static IOException withoutSource(IOException failure) {
        return failure instanceof JsonProcessingException json
                ? new IOException(json.getOriginalMessage().replaceAll("'.*'", "'...'"))
                : failure;
    }

    /** ISO-8601 in UTC with exactly six digits of a second. */
    public static String time(Instant instant) {
        return Times.print(instant);
    }

    /** The text, or null. */
    public static JsonNode orNull(Optional<?> value) {
        return value.<JsonNode>map(known -> MAPPER.getNodeFactory().textNode(known.toString()))
                .orElseGet(NullNode::getInstance);
    }

    /** The time, or null. */
    public static JsonNode timeOrNull(Optional<Instant> instant) {
        return orNull(instant.map(Json::time));
    }

    /** Seconds as a number, exact to the microsecond. */
    public static JsonNode seconds(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.getSeconds())
                .add(BigDecimal.valueOf(duration.getNano() / 1_000, MICROS))
                .stripTrailingZeros();
        return DecimalNode.valueOf(seconds.scale() < 0 ? seconds.setScale(0) : seconds);
    }

    /** Seconds as a number, or null. */
    public static JsonNode secondsOrNull(Optional<Duration> duration) {
        return duration.map(Json::seconds).orElseGet(NullNode::getInstance);
    }

    /** The duration of a number of seconds. */
    static Duration duration(BigDecimal seconds) {
        long micros = seconds.movePointRight(MICROS).longValueExact();
        return Duration.ofSeconds(Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000L);
    }

    /** The row key as the object it is, letter by letter as the source gave it. */
    public static JsonNode key(RowKey key) {
        return new POJONode(new RawValue(key.json()));
    }

    /** The row key of a parsed object, in the form in which PostgreSQL prints jsonb. */
    public static RowKey key(JsonNode object) {
        try {
            return new RowKey(AS_JSONB_PRINTS.writeValueAsString(object));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree that cannot be written", impossible);
        }
    }

    /** The lower-case form of a constant. */
    public static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
