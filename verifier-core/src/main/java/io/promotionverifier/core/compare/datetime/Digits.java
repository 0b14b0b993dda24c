package io.promotionverifier.core.compare.datetime;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

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
        OptionalLong value = takeLong();
        return value.isPresent() && value.getAsLong() == (int) value.getAsLong()
                ? OptionalInt.of((int) value.getAsLong())
                : OptionalInt.empty();
    }

    /** The integer at this place, with a sign or none; 0 where there is none; empty beyond 64 bits. */
    OptionalLong takeLong() {
        int from = at;
        boolean negative = isAt('-');
        at += negative || isAt('+') ? 1 : 0;
        int first = at;
        while (at < text.length() && Ascii.isDigit(text.charAt(at))) {
            at++;
        }
        if (at == first) {
            at = from;
            return OptionalLong.of(0);
        }
        try {
            return OptionalLong.of(Long.parseLong(text.substring(from, at)));
        } catch (NumberFormatException overflow) {
            return OptionalLong.empty();
        }
    }

    /**
     * The microseconds of a point and the digits after it.
     *
     * <p>PostgreSQL reads them as a binary double and rounds that, so {@code .1234575} and {@code .1234565} may round
     * differently; the same double gives the same microseconds.
     */
    static Optional<Integer> micros(String fraction, int serverMajor) {
        OptionalDouble value = fraction(fraction, serverMajor);
        return value.isEmpty() ? Optional.empty() : Optional.of((int) Math.rint(value.getAsDouble() * 1_000_000));
    }

    /** The binary double that a point and the digits after it are to PostgreSQL; a mere point from version 15 on. */
    static OptionalDouble fraction(String fraction, int serverMajor) {
        String digits = fraction.substring(1);
        if (!Ascii.areDigits(digits) || (digits.isEmpty() && serverMajor < 15)) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(Double.parseDouble("0" + fraction));
    }
}
