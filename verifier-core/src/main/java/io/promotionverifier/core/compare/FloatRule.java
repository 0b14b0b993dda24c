package io.promotionverifier.core.compare;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * {@code real} and {@code double precision}: what the server's {@code strtof} and {@code strtod} accept, rounded once
 * from all digits. A number that would become infinite, or zero though it is none, is refused; -0 is 0, NaN is NaN.
 */
final class FloatRule implements TypeRule {
    private final boolean single;

    /** @param single true for {@code real} */
    FloatRule(boolean single) {
        this.single = single;
    }

    @Override
    public Canonical canonical(String text) {
        String body = AsciiText.strip(text);
        boolean negative = body.startsWith("-");
        String unsigned = negative || body.startsWith("+") ? body.substring(1) : body;
        if (AsciiText.isWord(unsigned, "inf") || AsciiText.isWord(unsigned, "infinity")) {
            return new Canonical.Known(negative ? "-Infinity" : "Infinity");
        }
        if (isNotANumber(unsigned)) {
            return new Canonical.Known("NaN");
        }
        return FloatText.parse(unsigned)
                .flatMap(this::magnitude)
                .map(magnitude -> known(negative, magnitude))
                .orElseGet(Canonical.Refused::new);
    }

    /** {@code nan}, and {@code nan(…)} with letters, digits and underscores, as the C library reads it. */
    private static boolean isNotANumber(String unsigned) {
        if (AsciiText.isWord(unsigned, "nan")) {
            return true;
        }
        if (unsigned.length() < "nan()".length()
                || !AsciiText.isWord(unsigned.substring(0, "nan(".length()), "nan(")
                || !unsigned.endsWith(")")) {
            return false;
        }
        for (int i = "nan(".length(); i < unsigned.length() - 1; i++) {
            char c = unsigned.charAt(i);
            if (c != '_' && (c >= 128 || !Character.isLetterOrDigit(c))) {
                return false;
            }
        }
        return true;
    }

    /** The nearest number of the type; absent when it overflows or underflows. */
    private Optional<Double> magnitude(FloatText text) {
        double nearest = single ? Float.parseFloat(text.java()) : Double.parseDouble(text.java());
        boolean lost = Double.isInfinite(nearest) || (nearest == 0 && !text.isZero());
        return lost ? Optional.empty() : Optional.of(nearest);
    }

    private Canonical known(boolean negative, double magnitude) {
        if (magnitude == 0) {
            return new Canonical.Known("0");
        }
        BigDecimal shortest = single ? shortest(magnitude, 6, 9) : shortest(magnitude, 15, 17);
        BigDecimal stripped = shortest.stripTrailingZeros();
        String digits = stripped.unscaledValue().toString();
        return new Canonical.Known(Decimal.of(negative, digits, (long) digits.length() - stripped.scale())
                .canonical());
    }

    /** The number in as few digits as tell it from its neighbours; the JDKs' own texts differ between versions. */
    private BigDecimal shortest(double magnitude, int fewestDigits, int mostDigits) {
        BigDecimal exact = new BigDecimal(magnitude);
        for (int digits = fewestDigits; digits < mostDigits; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits));
            double back = single ? rounded.floatValue() : rounded.doubleValue();
            if (back == magnitude) {
                return rounded;
            }
        }
        return exact.round(new MathContext(mostDigits));
    }
}
