package io.promotionverifier.core.compare;

/** {@code text}: every code point counts. What PostgreSQL cannot store, a NUL or half a surrogate pair, is refused. */
final class TextRule implements TypeRule {
    @Override
    public Canonical canonical(String text) {
        return isStorable(text) ? new Canonical.Known(text) : new Canonical.Refused();
    }

    /** True if a server can store the text. */
    static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }
}
