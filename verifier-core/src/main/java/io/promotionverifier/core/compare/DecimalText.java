package io.promotionverifier.core.compare;

import io.promotionverifier.core.promotion.SessionRules;
import java.util.Optional;

/**
 * An unsigned decimal number as it was written: digits, a point or none, an exponent or none; from PostgreSQL 16 on
 * with underscores between digits.
 *
 * @param digits all digits without the point
 * @param point how many of them stand before the point, the exponent included
 * @param fractionDigits how many stand after it, the exponent included; at least 0
 */
record DecimalText(String digits, long point, long fractionDigits) {
    /** PostgreSQL refuses exponents from here on, whatever the digits. */
    private static final int EXPONENT_LIMIT = Integer.MAX_VALUE / 2;

    /** What the text says, or empty if PostgreSQL refuses it. */
    static Optional<DecimalText> parse(String unsigned, SessionRules session) {
        Cursor cursor = new Cursor(unsigned, session.allowsProgrammersNumbers());
        boolean startsWithPoint = cursor.take('.');
        if (!cursor.isAtDigit()) {
            return Optional.empty();
        }
        StringBuilder digits = new StringBuilder();
        boolean wellFormed = cursor.takeDigits(digits);
        int whole = startsWithPoint ? 0 : digits.length();
        if (!startsWithPoint && cursor.take('.') && cursor.isAtDigit()) {
            wellFormed &= cursor.takeDigits(digits);
        }
        long exponent = 0;
        if (wellFormed && (cursor.take('e') || cursor.take('E'))) {
            Optional<Long> written = exponent(cursor);
            wellFormed = written.isPresent();
            exponent = written.orElse(0L);
        }
        if (!wellFormed || !cursor.isAtEnd()) {
            return Optional.empty();
        }
        long fraction = Math.max(0, digits.length() - whole - exponent);
        return Optional.of(new DecimalText(digits.toString(), whole + exponent, fraction));
    }

    private static Optional<Long> exponent(Cursor cursor) {
        if (!cursor.allowsUnderscores) {
            cursor.skipSpace();
        }
        boolean negative = cursor.take('-');
        if (!negative) {
            cursor.take('+');
        }
        StringBuilder digits = new StringBuilder();
        if (!cursor.isAtDigit() || !cursor.takeDigits(digits)) {
            return Optional.empty();
        }
        long magnitude = 0;
        for (int i = 0; i < digits.length() && magnitude <= EXPONENT_LIMIT; i++) {
            magnitude = magnitude * 10 + (digits.charAt(i) - '0');
        }
        int limit = cursor.allowsUnderscores ? EXPONENT_LIMIT : EXPONENT_LIMIT - 1;
        return magnitude > limit ? Optional.empty() : Optional.of(negative ? -magnitude : magnitude);
    }

    /** A place in the text. */
    private static final class Cursor {
        private final String text;
        private final boolean allowsUnderscores;
        private int at;

        Cursor(String text, boolean allowsUnderscores) {
            this.text = text;
            this.allowsUnderscores = allowsUnderscores;
        }

        boolean isAtEnd() {
            return at == text.length();
        }

        boolean isAtDigit() {
            return at < text.length() && AsciiText.isDigit(text.charAt(at));
        }

        boolean take(char c) {
            boolean found = at < text.length() && text.charAt(at) == c;
            at += found ? 1 : 0;
            return found;
        }

        /** Until 15 the exponent is read by strtol, which skips white space. */
        void skipSpace() {
            while (at < text.length() && AsciiText.isSpace(text.charAt(at))) {
                at++;
            }
        }

        /** Takes digits and the underscores between them; false if an underscore is not followed by a digit. */
        boolean takeDigits(StringBuilder digits) {
            while (isAtDigit()) {
                digits.append(text.charAt(at));
                at++;
                if (allowsUnderscores && take('_') && !isAtDigit()) {
                    return false;
                }
            }
            return true;
        }
    }
}
