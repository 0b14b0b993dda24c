package io.promotionverifier.core.compare.datetime;

/**
 * Characters as the server's C library classifies them in a UTF-8 database: nothing beyond ASCII belongs to a class.
 */
final class Ascii {
    private Ascii() {}

    static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isLetterOrDigit(char c) {
        return isLetter(c) || isDigit(c);
    }

    static boolean isPunctuation(char c) {
        return c > ' ' && c < 127 && !isLetterOrDigit(c);
    }

    static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }

    /** True when there are digits only; true for the empty text. */
    static boolean areDigits(String text) {
        return text.chars().allMatch(c -> isDigit((char) c));
    }
}
