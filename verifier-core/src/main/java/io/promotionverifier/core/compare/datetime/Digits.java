package io.promotionverifier.core.compare.datetime;

import java.util.Optional;
import java.util.OptionalInt;

/** Numbers inside a field, read from the left. Single use, confined to one thread. */
final class Digits {
    private final String text;
    private int at;

    Digits(String text) {
        this.text = text;
    }

    boolean isAtEnd() {
        return at == text.length();
    }

    int position() {
        return at;
    }

    boolean isAt(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    boolean take(char c) {
        boolean found = isAt(c);
        at += found ? 1 : 0;
        return found;
    }

    String rest() {
        return text.substring(at);
    }

    /** The integer at this place, with a sign or none; 0 where there is none; empty beyond 32 bits. */
    OptionalInt takeInt() {
        int from = at;
        boolean negative = isAt('-');
        at += negative || isAt('+') ? 1 : 0;
        int first = at;
        long value = 0;
        while (at < text.length() && Ascii.isDigit(text.charAt(at))) {
            value = Math.min(value * 10 + (text.charAt(at) - '0'), Integer.MAX_VALUE + 2L);
            at++;
        }
        if (at == first) {
            at = from;
        }
        long signed = negative ? -value : value;
        return signed == (int) signed ? OptionalInt.of((int) signed) : OptionalInt.empty();
    }

    /**
     * The microseconds of a point and the digits after it.
     *
     * <p>PostgreSQL reads them as a binary double and rounds that, so {@code .1234575} and {@code .1234565} may round
     * differently; the same double gives the same microseconds.
     */
    static Optional<Integer> micros(String fraction, int serverMajor) {
        String digits = fraction.substring(1);
        if (!Ascii.areDigits(digits) || (digits.isEmpty() && serverMajor < 15)) {
            return Optional.empty();
        }
        return Optional.of((int) Math.rint(Double.parseDouble("0" + fraction) * 1_000_000));
    }
}
