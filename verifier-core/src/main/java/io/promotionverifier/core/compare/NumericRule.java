package io.promotionverifier.core.compare;

import io.promotionverifier.core.promotion.SessionRules;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code numeric}, with or without precision and scale. A text is first a numeric of any size and then rounded, as the
 * cast of a text does it; what does not fit either is refused.
 */
final class NumericRule implements TypeRule {
    /** The digits a numeric may have before the decimal point: weights are 16-bit counts of four digits. */
    private static final int MOST_INTEGER_DIGITS = 131_072;

    /** The digits a numeric may have after the decimal point. */
    private static final int MOST_FRACTION_DIGITS = 16_383;

    /** Digits of hexadecimal, octal and binary numbers that we are willing to convert. */
    private static final int MOST_RADIX_DIGITS = 10_000;

    private final OptionalInt precision;
    private final OptionalInt scale;
    private final SessionRules session;

    NumericRule(OptionalInt precision, OptionalInt scale, SessionRules session) {
        this.precision = precision;
        this.scale = scale;
        this.session = session;
    }

    @Override
    public Canonical canonical(String text) {
        String body = AsciiText.strip(text);
        Optional<Canonical> special = special(body);
        if (special.isPresent()) {
            return special.get();
        }
        boolean negative = body.startsWith("-");
        String unsigned = negative || body.startsWith("+") ? body.substring(1) : body;
        Radix radix = Radix.of(unsigned, session);
        return radix == Radix.DECIMAL
                ? DecimalText.parse(unsigned, session)
                        .map(number -> decimal(number, negative))
                        .orElseGet(Canonical.Refused::new)
                : radix.digits(unsigned, session)
                        .map(digits -> integer(radix, digits, negative))
                        .orElseGet(Canonical.Refused::new);
    }

    /** Not-a-number fits every numeric, infinity only one without precision. */
    private Optional<Canonical> special(String body) {
        boolean negative = body.startsWith("-");
        String unsigned = negative || body.startsWith("+") ? body.substring(1) : body;
        if (AsciiText.isWord(body, "nan")) {
            return Optional.of(new Canonical.Known("NaN"));
        }
        if (!AsciiText.isWord(unsigned, "inf") && !AsciiText.isWord(unsigned, "infinity")) {
            return Optional.empty();
        }
        return Optional.of(
                precision.isPresent()
                        ? new Canonical.Refused()
                        : new Canonical.Known(negative ? "-Infinity" : "Infinity"));
    }

    private Canonical decimal(DecimalText number, boolean negative) {
        if (number.fractionDigits() > MOST_FRACTION_DIGITS) {
            return new Canonical.Refused();
        }
        return fit(Decimal.of(negative, number.digits(), number.point()));
    }

    private Canonical integer(Radix radix, String digits, boolean negative) {
        if (digits.length() > MOST_RADIX_DIGITS) {
            return new Canonical.TooLarge();
        }
        String decimal = new BigInteger(digits, radix.base()).toString();
        return fit(Decimal.of(negative, decimal, decimal.length()));
    }

    private Canonical fit(Decimal value) {
        if (value.point() > MOST_INTEGER_DIGITS) {
            return new Canonical.Refused();
        }
        if (precision.isEmpty()) {
            return new Canonical.Known(value.canonical());
        }
        int digitsAfterPoint = scale.orElse(0);
        Decimal rounded = value.round(digitsAfterPoint);
        boolean overflows = !rounded.isZero() && rounded.point() > precision.getAsInt() - digitsAfterPoint;
        return overflows ? new Canonical.Refused() : new Canonical.Known(rounded.canonical());
    }
}
