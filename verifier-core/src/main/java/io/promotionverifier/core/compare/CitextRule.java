package io.promotionverifier.core.compare;

/**
 * {@code citext}: equal when the server's {@code lower()} makes the same text of both. Which letters have another lower
 * case is the database's business; what its libraries and versions may see differently is volatile (ADR 0011).
 */
final class CitextRule implements TypeRule {
    private static final int ASCII = 128;

    private final boolean asciiOnly;

    /** @param asciiOnly true in a database whose locale is C: letters beyond ASCII keep their case */
    CitextRule(boolean asciiOnly) {
        this.asciiOnly = asciiOnly;
    }

    @Override
    public Canonical canonical(String text) {
        if (!TextRule.isStorable(text)) {
            return new Canonical.Refused();
        }
        StringBuilder lower = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (c >= ASCII && !asciiOnly && !isSettled(c)) {
                return new Canonical.Volatile();
            }
            lower.appendCodePoint(c >= ASCII && asciiOnly ? c : Character.toLowerCase(c));
            i += Character.charCount(c);
        }
        return new Canonical.Known(lower.toString());
    }

    /** True when every library of every supported version agrees on the lower case of a character. */
    private static boolean isSettled(int c) {
        if (Character.toLowerCase(c) == c) {
            return Character.getType(c) != Character.UNASSIGNED;
        }
        boolean latin = c <= 0x17F && c != 0x130;
        boolean greek = c >= 0x386 && c <= 0x3AB && c != 0x3A3;
        boolean cyrillic = c >= 0x400 && c <= 0x42F;
        return latin || greek || cyrillic;
    }
}
