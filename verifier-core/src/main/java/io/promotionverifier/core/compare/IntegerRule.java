package io.promotionverifier.core.compare;

import io.promotionverifier.core.promotion.SessionRules;
import java.math.BigInteger;
import java.util.Optional;

/**
 * {@code smallint}, {@code integer} and {@code bigint}: digits with a sign or none, white space around; from PostgreSQL
 * 16 on with underscores and in base 16, 8 and 2. Out of range is refused.
 */
final class IntegerRule implements TypeRule {
    /** No 64-bit value has more significant digits, in any base. */
    private static final int MOST_DIGITS = Long.SIZE;

    private final int bits;
    private final SessionRules session;

    IntegerRule(int bits, SessionRules session) {
        this.bits = bits;
        this.session = session;
    }

    @Override
    public Canonical canonical(String text) {
        String body = AsciiText.strip(text);
        boolean negative = body.startsWith("-");
        String unsigned = negative || body.startsWith("+") ? body.substring(1) : body;
        Radix radix = Radix.of(unsigned, session);
        Optional<String> digits = radix.digits(unsigned, session);
        if (digits.isEmpty() || digits.get().length() > MOST_DIGITS) {
            return new Canonical.Refused();
        }
        BigInteger magnitude = new BigInteger(digits.get(), radix.base());
        BigInteger value = negative ? magnitude.negate() : magnitude;
        return value.bitLength() < bits ? new Canonical.Known(value.toString()) : new Canonical.Refused();
    }
}
