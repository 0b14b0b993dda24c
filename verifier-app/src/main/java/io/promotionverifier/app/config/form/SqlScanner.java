package io.promotionverifier.app.config.form;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.promotion.DocumentPath;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the few pieces of SQL that a configuration may hold: qualified names and arrow notation. Unquoted names fold to
 * lower case as PostgreSQL folds them (ASCII only). Confined to one call.
 */
final class SqlScanner {
    private static final String PATH_HELP = "write metadata->'ui'->>'theme', or a list: [metadata, ui, theme]";

    private final String text;
    private int at;

    private SqlScanner(String text) {
        this.text = text;
    }

    static SqlScanner of(String text) {
        return new SqlScanner(text);
    }

    /** The text as {@code schema.table}. */
    TableName table() {
        String schema = name("a table is schema.table");
        if (!accept(".")) {
            throw new MalformedValueException(
                    atEnd() ? "the schema is missing: write public." + text.strip() : unexpected());
        }
        String table = name("a table is schema.table");
        if (!atEnd()) {
            throw new MalformedValueException(unexpected() + "; a table is schema.table, quoted as in SQL");
        }
        return new TableName(schema, table);
    }

    /**
     * The text as a document path: {@code metadata->'ui'->>'theme'}, {@code metadata#>>'{ui,theme}'}, {@code claim}.
     */
    DocumentPath path() {
        String column = name(PATH_HELP);
        List<String> keys = new ArrayList<>();
        if (accept("#>>") || accept("#>")) {
            keys.addAll(arrayLiteral(string()));
        } else {
            boolean more = true;
            while (more && !atEnd()) {
                more = !accept("->>");
                if (more && !accept("->")) {
                    throw new MalformedValueException(unexpected() + "; " + PATH_HELP);
                }
                keys.add(string());
            }
        }
        if (!atEnd()) {
            throw new MalformedValueException(unexpected() + "; " + PATH_HELP);
        }
        return new DocumentPath(column, keys);
    }

    private String name(String help) {
        skipSpace();
        if (at < text.length() && text.charAt(at) == '"') {
            return SqlForms.checkedName(quoted('"'));
        }
        int start = at;
        while (at < text.length() && isNamePart(text.charAt(at), at > start)) {
            at++;
        }
        if (at == start) {
            throw new MalformedValueException(help);
        }
        return SqlForms.checkedName(lower(text.substring(start, at)));
    }

    private static boolean isNamePart(char c, boolean inside) {
        boolean starts = isAsciiLetter(c) || c == '_' || c >= 0x80;
        return starts || (inside && (isDigit(c) || c == '$'));
    }

    private static boolean isAsciiLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static String lower(String name) {
        StringBuilder folded = new StringBuilder(name);
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                folded.setCharAt(i, (char) (c + ('a' - 'A')));
            }
        }
        return folded.toString();
    }

    private String string() {
        skipSpace();
        if (at >= text.length() || text.charAt(at) != '\'') {
            throw new MalformedValueException("a key stands in single quotes; " + PATH_HELP);
        }
        return quoted('\'');
    }

    /** What stands between quotes, doubled quotes inside being one. */
    private String quoted(char quote) {
        StringBuilder inside = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != quote) {
                inside.append(c);
            } else if (at < text.length() && text.charAt(at) == quote) {
                inside.append(quote);
                at++;
            } else {
                return inside.toString();
            }
        }
        throw new MalformedValueException("a quote is not closed");
    }

    private boolean accept(String token) {
        skipSpace();
        if (text.startsWith(token, at)) {
            at += token.length();
            return true;
        }
        return false;
    }

    private boolean atEnd() {
        skipSpace();
        return at >= text.length();
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private String unexpected() {
        return "unexpected \"" + text.substring(at) + "\"";
    }

    /** The elements of a one-dimensional array literal of text. */
    private static List<String> arrayLiteral(String literal) {
        String inside = literal.strip();
        if (!inside.startsWith("{") || !inside.endsWith("}") || inside.length() < 2) {
            throw new MalformedValueException("an array literal is '{ui,theme}'");
        }
        SqlScanner elements = new SqlScanner(inside.substring(1, inside.length() - 1));
        List<String> keys = new ArrayList<>();
        if (elements.atEnd()) {
            return keys;
        }
        do {
            keys.add(elements.element());
        } while (elements.accept(","));
        if (!elements.atEnd()) {
            throw new MalformedValueException(elements.unexpected() + " in an array literal");
        }
        return keys;
    }

    private String element() {
        skipSpace();
        boolean quoted = at < text.length() && text.charAt(at) == '"';
        StringBuilder element = new StringBuilder();
        at += quoted ? 1 : 0;
        while (at < text.length() && !endsElement(text.charAt(at), quoted)) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            element.append(text.charAt(at++));
        }
        if (quoted && at >= text.length()) {
            throw new MalformedValueException("a quote is not closed");
        }
        at += quoted ? 1 : 0;
        String key = quoted ? element.toString() : element.toString().strip();
        if (!quoted && (key.isEmpty() || key.equalsIgnoreCase("null"))) {
            throw new MalformedValueException("an array literal of keys holds no NULL and no empty place");
        }
        return key;
    }

    private static boolean endsElement(char c, boolean quoted) {
        return quoted ? c == '"' : c == ',' || c == '"' || c == '{' || c == '}';
    }
}
