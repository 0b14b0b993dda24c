package io.promotionverifier.core.compare;

/** {@code uuid}: 32 hexadecimal digits, a hyphen or none after each group of four, braces or none, no white space. */
final class UuidRule implements TypeRule {
    private static final int DIGITS = 32;
    private static final int GROUP = 4;
    private static final int PRINTED = 36;

    @Override
    public Canonical canonical(String text) {
        return isPrinted(text) ? new Canonical.Known(text) : parsed(text);
    }

    /** True for what PostgreSQL prints, and most programs write. */
    private static boolean isPrinted(String text) {
        boolean printed = text.length() == PRINTED;
        for (int i = 0; printed && i < PRINTED; i++) {
            char c = text.charAt(i);
            boolean isHyphen = i == 8 || i == 13 || i == 18 || i == 23;
            printed = isHyphen ? c == '-' : (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        }
        return printed;
    }

    private static Canonical parsed(String text) {
        boolean braced = text.startsWith("{") && text.endsWith("}");
        String body = braced ? text.substring(1, text.length() - 1) : text;
        StringBuilder digits = new StringBuilder(DIGITS);
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            int value = c < 128 ? Character.digit(c, 16) : -1;
            boolean isHyphen = c == '-' && mayFollowHyphen(digits.length()) && body.charAt(i - 1) != '-';
            if (value >= 0 && digits.length() < DIGITS) {
                digits.append(Character.forDigit(value, 16));
            } else if (!isHyphen) {
                return new Canonical.Refused();
            }
        }
        return digits.length() == DIGITS ? new Canonical.Known(hyphenated(digits)) : new Canonical.Refused();
    }

    private static boolean mayFollowHyphen(int digits) {
        return digits > 0 && digits < DIGITS && digits % GROUP == 0;
    }

    private static String hyphenated(StringBuilder digits) {
        return digits.insert(20, '-')
                .insert(16, '-')
                .insert(12, '-')
                .insert(8, '-')
                .toString();
    }
}
