package io.promotionverifier.core.compare;

/**
 * A finite decimal number as its digits: 0.DIGITS times ten to the power of {@code point}. Immutable.
 *
 * <p>Rounding and printing walk the digits once and never expand the exponent, so no text can cost more than its own
 * length.
 *
 * @param negative true below zero
 * @param digits the significant digits, the first and the last not zero; empty for zero
 * @param point how many digits stand before the decimal point
 */
record Decimal(boolean negative, String digits, long point) {
    /** Zeros that are written out before canonical texts turn to an exponent. */
    private static final int MOST_ZEROS = 64;

    private static final Decimal ZERO = new Decimal(false, "", 0);

    /** The number 0.DIGITS times ten to the power of {@code point}, whatever zeros the digits begin and end with. */
    static Decimal of(boolean negative, String digits, long point) {
        int from = 0;
        int to = digits.length();
        while (from < to && digits.charAt(from) == '0') {
            from++;
        }
        while (to > from && digits.charAt(to - 1) == '0') {
            to--;
        }
        return from == to ? ZERO : new Decimal(negative, digits.substring(from, to), point - from);
    }

    boolean isZero() {
        return digits.isEmpty();
    }

    /** The nearest number with so many digits after the point (before it, if negative); halves go away from zero. */
    Decimal round(int scale) {
        long kept = point + scale;
        if (kept >= digits.length()) {
            return this;
        }
        if (kept < 0) {
            return ZERO;
        }
        String head = digits.substring(0, (int) kept);
        return digits.charAt((int) kept) < '5' ? of(negative, head, point) : oneMore(head);
    }

    /** The kept digits, the last of them one higher. */
    private Decimal oneMore(String head) {
        int last = head.length() - 1;
        while (last >= 0 && head.charAt(last) == '9') {
            last--;
        }
        if (last < 0) {
            return new Decimal(negative, "1", point + 1);
        }
        return new Decimal(negative, head.substring(0, last) + (char) (head.charAt(last) + 1), point);
    }

    /** The one text of this value: no exponent while it is readable, no needless zero. */
    String canonical() {
        if (isZero()) {
            return "0";
        }
        return (negative ? "-" : "") + magnitude();
    }

    private String magnitude() {
        if (point > digits.length() + (long) MOST_ZEROS || point < -MOST_ZEROS) {
            return digits + "E" + (point - digits.length());
        }
        if (point <= 0) {
            return "0." + "0".repeat((int) -point) + digits;
        }
        if (point >= digits.length()) {
            return digits + "0".repeat((int) point - digits.length());
        }
        return digits.substring(0, (int) point) + "." + digits.substring((int) point);
    }
}
