package io.promotionverifier.core.compare;

import java.util.Optional;

/**
 * An unsigned floating-point number as the C library reads it: digits with a point or none and an exponent or none, in
 * base 10 or, after {@code 0x}, in base 16.
 *
 * @param java the same number as Java reads it
 * @param isZero true if no digit but zero was written
 */
record FloatText(String java, boolean isZero) {
    /** What the text says; empty if it is no number. */
    static Optional<FloatText> parse(String unsigned) {
        boolean hexadecimal = unsigned.startsWith("0x") || unsigned.startsWith("0X");
        int from = hexadecimal ? 2 : 0;
        int at = from;
        int digits = 0;
        boolean zero = true;
        boolean point = false;
        while (at < unsigned.length()
                && (isDigit(unsigned.charAt(at), hexadecimal) || (!point && unsigned.charAt(at) == '.'))) {
            char c = unsigned.charAt(at);
            point |= c == '.';
            digits += c == '.' ? 0 : 1;
            zero &= c == '.' || c == '0';
            at++;
        }
        if (digits == 0 || !isExponent(unsigned, at, hexadecimal ? 'p' : 'e')) {
            return Optional.empty();
        }
        // Java asks for the exponent of a hexadecimal number; C does not.
        String java = hexadecimal && at == unsigned.length() ? unsigned + "p0" : unsigned;
        return Optional.of(new FloatText(zero ? "0" : java, zero));
    }

    private static boolean isDigit(char c, boolean hexadecimal) {
        return c < 128 && Character.digit(c, hexadecimal ? 16 : 10) >= 0;
    }

    /** True if the rest is nothing, or an exponent to the end. */
    private static boolean isExponent(String text, int from, char letter) {
        if (from == text.length()) {
            return true;
        }
        if ((text.charAt(from) | ' ') != letter) {
            return false;
        }
        int at = from + 1;
        at += at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-') ? 1 : 0;
        int digits = at;
        while (at < text.length() && AsciiText.isDigit(text.charAt(at))) {
            at++;
        }
        return at == text.length() && at > digits;
    }
}
