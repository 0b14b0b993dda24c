package io.promotionverifier.postgres.decode;

/** JSON strings as PostgreSQL's {@code escape_json} writes them: nothing is escaped that need not be. */
final class JsonText {
    private static final String SHORT_ESCAPES = "\b\f\n\r\t\"\\";
    private static final String SHORT_NAMES = "bfnrt\"\\";

    private JsonText() {}

    static void appendQuoted(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int shortForm = SHORT_ESCAPES.indexOf(c);
            if (shortForm >= 0) {
                out.append('\\').append(SHORT_NAMES.charAt(shortForm));
            } else if (c < ' ') {
                out.append("\\u00").append(c < 16 ? "0" : "1").append(Character.forDigit(c & 15, 16));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
