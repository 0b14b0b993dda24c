package io.promotionverifier.core.compare.json;

import java.util.BitSet;

/**
 * Walks over one JSON text, token by token, as PostgreSQL's own parser does for {@code jsonb}: strict grammar, and no
 * {@code U+0000} or half surrogate pair in strings. Never recurses, so depth costs one bit. For one thread.
 */
public final class JsonScanner {
    private final String text;
    private final JsonStrings strings;
    private final BitSet objects = new BitSet();
    private int at;
    private int depth;
    private int start;
    private Expect expect = Expect.VALUE;
    private String value = "";

    /** What may come next. */
    private enum Expect {
        VALUE,
        VALUE_OR_END,
        KEY,
        KEY_OR_END,
        COMMA_OR_END,
        END
    }

    public JsonScanner(String text) {
        this.text = text;
        this.strings = new JsonStrings(text);
    }

    /** The text of the last key, string, number or word; strings without quotes and escapes. */
    public String value() {
        return value;
    }

    /** Where the last token begins. */
    public int start() {
        return start;
    }

    /** Behind the last token. */
    public int end() {
        return at;
    }

    /** How many containers are open. */
    public int depth() {
        return depth;
    }

    /** The next token; once {@code END} or {@code MALFORMED}, always. */
    public Token next() {
        Token token = token();
        if (token == Token.MALFORMED) {
            at = text.length();
            expect = Expect.VALUE;
        }
        return token;
    }

    private Token token() {
        skipBlanks();
        start = at;
        if (at == text.length()) {
            return expect == Expect.END ? Token.END : Token.MALFORMED;
        }
        char c = text.charAt(at);
        return switch (expect) {
            case END -> Token.MALFORMED;
            case COMMA_OR_END -> afterValue(c);
            case KEY -> key(c);
            case KEY_OR_END -> c == '}' ? close(c) : key(c);
            case VALUE_OR_END -> c == ']' ? close(c) : begin(c);
            case VALUE -> begin(c);
        };
    }

    private Token afterValue(char c) {
        if (c != ',') {
            return close(c);
        }
        at++;
        skipBlanks();
        start = at;
        if (at == text.length()) {
            return Token.MALFORMED;
        }
        return isInObject() ? key(text.charAt(at)) : begin(text.charAt(at));
    }

    private Token close(char c) {
        if (c != (isInObject() ? '}' : ']')) {
            return Token.MALFORMED;
        }
        at++;
        depth--;
        return valueIs(c == '}' ? Token.END_OBJECT : Token.END_ARRAY);
    }

    private Token key(char c) {
        if (c != '"' || !string()) {
            return Token.MALFORMED;
        }
        skipBlanks();
        if (at == text.length() || text.charAt(at) != ':') {
            return Token.MALFORMED;
        }
        at++;
        expect = Expect.VALUE;
        return Token.KEY;
    }

    private Token begin(char c) {
        return switch (c) {
            case '{' -> open(true);
            case '[' -> open(false);
            case '"' -> string() ? valueIs(Token.STRING) : Token.MALFORMED;
            case 't' -> word("true", Token.BOOLEAN);
            case 'f' -> word("false", Token.BOOLEAN);
            case 'n' -> word("null", Token.NULL);
            default -> number();
        };
    }

    private Token open(boolean object) {
        at++;
        objects.set(depth, object);
        depth++;
        expect = object ? Expect.KEY_OR_END : Expect.VALUE_OR_END;
        return object ? Token.BEGIN_OBJECT : Token.BEGIN_ARRAY;
    }

    private boolean isInObject() {
        return objects.get(depth - 1);
    }

    private Token valueIs(Token token) {
        expect = depth == 0 ? Expect.END : Expect.COMMA_OR_END;
        return token;
    }

    private Token word(String word, Token token) {
        if (!text.startsWith(word, at)) {
            return Token.MALFORMED;
        }
        at += word.length();
        value = word;
        return valueIs(token);
    }

    private boolean string() {
        int end = strings.end(at);
        if (end < 0) {
            return false;
        }
        value = strings.decoded();
        at = end;
        return true;
    }

    private Token number() {
        if (text.charAt(at) == '-') {
            at++;
        }
        boolean wellFormed = is('0') ? digits() == 1 : digits() > 0;
        if (is('.')) {
            at++;
            wellFormed &= digits() > 0;
        }
        if (is('e') || is('E')) {
            at++;
            at += is('+') || is('-') ? 1 : 0;
            wellFormed &= digits() > 0;
        }
        value = text.substring(start, at);
        return wellFormed ? valueIs(Token.NUMBER) : Token.MALFORMED;
    }

    private int digits() {
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at - from;
    }

    private boolean is(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private void skipBlanks() {
        while (is(' ') || is('\t') || is('\n') || is('\r')) {
            at++;
        }
    }
}
