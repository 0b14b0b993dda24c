package io.promotionverifier.core.compare.json;

/** Reads the strings of one JSON text: what PostgreSQL cannot store in a text is refused. For one thread. */
final class JsonStrings {
    private static final int HEX = 16;
    private static final int HEX_DIGITS = 4;

    private final String text;
    private String decoded = "";

    JsonStrings(String text) {
        this.text = text;
    }

    /** The string that was read last, without quotes and escapes. */
    String decoded() {
        return decoded;
    }

    /** Behind the closing quote of the string that begins here; -1 if PostgreSQL refuses it. */
    int end(int quote) {
        int plain = plainEnd(quote + 1);
        if (plain < 0) {
            return -1;
        }
        if (text.charAt(plain) == '"') {
            decoded = text.substring(quote + 1, plain);
            return isPaired(decoded) ? plain + 1 : -1;
        }
        return escapedEnd(quote + 1, plain);
    }

    /** The first quote or backslash; -1 if a control character or the end comes before. */
    private int plainEnd(int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                return i;
            }
            if (c < ' ') {
                return -1;
            }
        }
        return -1;
    }

    private int escapedEnd(int from, int firstBackslash) {
        StringBuilder out = new StringBuilder().append(text, from, firstBackslash);
        int i = firstBackslash;
        while (text.charAt(i) == '\\') {
            i = escape(i + 1, out);
            int next = i < 0 ? -1 : plainEnd(i);
            if (next < 0) {
                return -1;
            }
            out.append(text, i, next);
            i = next;
        }
        decoded = out.toString();
        return isPaired(decoded) ? i + 1 : -1;
    }

    /** Behind the escape whose letter stands here; -1 if there is no such escape. */
    private int escape(int letter, StringBuilder out) {
        if (letter == text.length()) {
            return -1;
        }
        char c = text.charAt(letter);
        if (c == 'u') {
            return unicode(letter + 1, out);
        }
        int plain = "\"\\/bfnrt".indexOf(c);
        if (plain < 0) {
            return -1;
        }
        out.append("\"\\/\b\f\n\r\t".charAt(plain));
        return letter + 1;
    }

    private int unicode(int from, StringBuilder out) {
        int unit = hex(from);
        if (unit <= 0) {
            return -1;
        }
        int end = from + HEX_DIGITS;
        out.append((char) unit);
        if (!Character.isHighSurrogate((char) unit)) {
            return Character.isLowSurrogate((char) unit) ? -1 : end;
        }
        int low = text.startsWith("\\u", end) ? hex(end + 2) : -1;
        if (low < 0 || !Character.isLowSurrogate((char) low)) {
            return -1;
        }
        out.append((char) low);
        return end + 2 + HEX_DIGITS;
    }

    private int hex(int from) {
        if (from + HEX_DIGITS > text.length()) {
            return -1;
        }
        int unit = 0;
        for (int i = from; i < from + HEX_DIGITS; i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, HEX) : -1;
            if (digit < 0) {
                return -1;
            }
            unit = unit * HEX + digit;
        }
        return unit;
    }

    /** True if no half of a surrogate pair stands alone. */
    private static boolean isPaired(String string) {
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < string.length()
                    && Character.isLowSurrogate(string.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }
}
