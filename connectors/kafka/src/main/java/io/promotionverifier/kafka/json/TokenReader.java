package io.promotionverifier.kafka.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads an object member by member as it comes, without a tree: a history has millions of them. Members that nobody
 * asks for are passed over. Confined to one thread; every method throws {@link MalformedJsonException}.
 */
public final class TokenReader {
    private final JsonParser tokens;

    TokenReader(JsonParser tokens) {
        this.tokens = tokens;
    }

    /** Takes a member, whose value is the next to be read. */
    @FunctionalInterface
    public interface Member {
        /** Reads the value or leaves it. */
        void read(String name);
    }

    /** Reads one object in UTF-8, behind which nothing may follow. */
    public static <M extends Member> M whole(byte[] json, Function<TokenReader, M> members) {
        try (JsonParser tokens = Json.tokens(json)) {
            M read = all(tokens, members);
            if (tokens.nextToken() != null) {
                throw new MalformedJsonException("not JSON: something follows the object");
            }
            return read;
        } catch (IOException malformed) {
            throw new MalformedJsonException("not JSON", Json.withoutSource(malformed));
        }
    }

    /** The same of an object that was parsed before. */
    public static <M extends Member> M whole(JsonNode node, Function<TokenReader, M> members) {
        try (JsonParser tokens = node.traverse()) {
            return all(tokens, members);
        } catch (IOException impossible) {
            throw new IllegalStateException("a tree that cannot be read", impossible);
        }
    }

    private static <M extends Member> M all(JsonParser tokens, Function<TokenReader, M> members) throws IOException {
        TokenReader reader = new TokenReader(tokens);
        M read = members.apply(reader);
        tokens.nextToken();
        reader.object("the record", read);
        return read;
    }

    /** Each member of the object that stands here. */
    public void object(String name, Member member) {
        try {
            if (tokens.currentToken() != JsonToken.START_OBJECT) {
                throw new MalformedJsonException("member \"" + name + "\" is not an object");
            }
            while (tokens.nextToken() == JsonToken.FIELD_NAME) {
                String next = tokens.currentName();
                tokens.nextToken();
                member.read(next);
                tokens.skipChildren();
            }
        } catch (IOException malformed) {
            throw new MalformedJsonException("not JSON", Json.withoutSource(malformed));
        }
    }

    /** True if null stands here. */
    public boolean isNull() {
        return tokens.currentToken() == JsonToken.VALUE_NULL;
    }

    /** A text. */
    public String text(String name) {
        return required(name, JsonToken.VALUE_STRING, "a text", tokens::getText);
    }

    /** A whole number of 64 bits. */
    public long number(String name) {
        return required(name, JsonToken.VALUE_NUMBER_INT, "a whole number", tokens::getLongValue);
    }

    /** A whole number of 32 bits. */
    public int integer(String name) {
        return required(name, JsonToken.VALUE_NUMBER_INT, "a small whole number", tokens::getIntValue);
    }

    /** True or false. */
    public boolean flag(String name) {
        JsonToken token = tokens.currentToken();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw new MalformedJsonException("member \"" + name + "\" is not true or false");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    /** The object that stands here, as a tree; absent for null. */
    public Optional<JsonNode> tree(String name) {
        try {
            return isNull() ? Optional.empty() : Optional.of(Json.tree(tokens));
        } catch (IOException malformed) {
            throw new MalformedJsonException("member \"" + name + "\" is not JSON", Json.withoutSource(malformed));
        }
    }

    /** What the parser gives. */
    private interface Value<T> {
        T get() throws IOException;
    }

    private <T> T required(String name, JsonToken form, String what, Value<T> value) {
        if (tokens.currentToken() != form) {
            throw new MalformedJsonException("member \"" + name + (isNull() ? "\" is missing" : "\" is not " + what));
        }
        try {
            return value.get();
        } catch (IOException malformed) {
            throw new MalformedJsonException("member \"" + name + "\" is not " + what, Json.withoutSource(malformed));
        }
    }
}
