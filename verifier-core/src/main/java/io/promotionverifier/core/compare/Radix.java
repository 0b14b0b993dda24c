package io.promotionverifier.core.compare;

import io.promotionverifier.core.promotion.SessionRules;
import java.util.Optional;

/** The base in which an integer is written, told by its prefix. */
enum Radix {
    DECIMAL(10),
    HEXADECIMAL(16),
    OCTAL(8),
    BINARY(2);

    private static final int PREFIX_LENGTH = 2;

    private final int base;

    Radix(int base) {
        this.base = base;
    }

    /** The base of an unsigned integer: decimal unless the server knows prefixes and there is one. */
    static Radix of(String unsigned, SessionRules session) {
        if (!session.allowsProgrammersNumbers() || unsigned.length() < PREFIX_LENGTH || unsigned.charAt(0) != '0') {
            return DECIMAL;
        }
        return switch (unsigned.charAt(1)) {
            case 'x', 'X' -> HEXADECIMAL;
            case 'o', 'O' -> OCTAL;
            case 'b', 'B' -> BINARY;
            default -> DECIMAL;
        };
    }

    int base() {
        return base;
    }

    /** The digits without prefix, underscores and leading zeros ({@code "0"} for zero); absent if it is no integer. */
    Optional<String> digits(String unsigned, SessionRules session) {
        String body = this == DECIMAL ? unsigned : unsigned.substring(PREFIX_LENGTH);
        StringBuilder digits = new StringBuilder();
        boolean seen = false;
        boolean afterUnderscore = false;
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c == '_' && mayHoldUnderscore(i, afterUnderscore, session)) {
                afterUnderscore = true;
                continue;
            }
            if (c >= 128 || Character.digit(c, base) < 0) {
                return Optional.empty();
            }
            afterUnderscore = false;
            seen = true;
            if (c != '0' || !digits.isEmpty()) {
                digits.append(c);
            }
        }
        if (!seen || afterUnderscore) {
            return Optional.empty();
        }
        return Optional.of(digits.isEmpty() ? "0" : digits.toString());
    }

    /** One underscore before each digit but the first; after a prefix before that one too. */
    private boolean mayHoldUnderscore(int index, boolean afterUnderscore, SessionRules session) {
        return session.allowsProgrammersNumbers() && !afterUnderscore && (index > 0 || this != DECIMAL);
    }
}
