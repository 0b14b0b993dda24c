package io.promotionverifier.postgres.decode;

/**
 * Finds what PostgreSQL stores in {@code json} but refuses to extract: {@code U+0000} and lone surrogates, written as
 * escapes. One of them anywhere makes {@code #>>} fail on the whole document. {@code jsonb} never holds any.
 */
final class JsonEscapes {
    private static final int HEX = 16;
    private static final int ESCAPE_LENGTH = 6;

    private JsonEscapes() {}

    /** True if PostgreSQL raises an error instead of extracting. In valid JSON backslashes stand in strings only. */
    static boolean refused(String json) {
        int i = json.indexOf('\\');
        while (i >= 0) {
            if (json.charAt(i + 1) != 'u') {
                i = json.indexOf('\\', i + 2);
                continue;
            }
            char c = unit(json, i);
            boolean pair = Character.isHighSurrogate(c) && Character.isLowSurrogate(unit(json, i + ESCAPE_LENGTH));
            if (c == 0 || (Character.isSurrogate(c) && !pair)) {
                return true;
            }
            i = json.indexOf('\\', i + (pair ? 2 * ESCAPE_LENGTH : ESCAPE_LENGTH));
        }
        return false;
    }

    /** The code unit of an escape at this place; a blank where there is none. */
    private static char unit(String json, int at) {
        return json.startsWith("\\u", at) ? (char) Integer.parseInt(json, at + 2, at + ESCAPE_LENGTH, HEX) : ' ';
    }
}
