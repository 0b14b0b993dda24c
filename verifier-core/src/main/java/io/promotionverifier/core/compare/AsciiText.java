package io.promotionverifier.core.compare;

/** Characters as PostgreSQL's input functions classify them: by ASCII, whatever the locale. */
final class AsciiText {
    private AsciiText() {}

    static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The text without leading and trailing white space. */
    static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** True when the text, in any case, is a prefix of the lower-case word. */
    static boolean isPrefix(String text, String word) {
        if (text.length() > word.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (lower(text.charAt(i)) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** True when the text, in any case, is the lower-case word. */
    static boolean isWord(String text, String word) {
        return text.length() == word.length() && isPrefix(text, word);
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }
}
