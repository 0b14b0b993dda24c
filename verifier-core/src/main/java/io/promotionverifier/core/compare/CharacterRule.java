package io.promotionverifier.core.compare;

import java.util.OptionalInt;

/**
 * {@code varchar} and {@code char}: the cast cuts what is too long without a word; in {@code char} blanks at the end do
 * not count.
 */
final class CharacterRule implements TypeRule {
    private final OptionalInt length;
    private final boolean padded;

    /**
     * The rule of a character type.
     *
     * @param length the declared length in characters; absent for none
     * @param padded true for {@code char}
     */
    CharacterRule(OptionalInt length, boolean padded) {
        this.length = length;
        this.padded = padded;
    }

    @Override
    public Canonical canonical(String text) {
        if (!TextRule.isStorable(text)) {
            return new Canonical.Refused();
        }
        String cut = cut(text);
        return new Canonical.Known(padded ? withoutBlanks(cut) : cut);
    }

    private String cut(String text) {
        if (length.isEmpty() || text.length() <= length.getAsInt()) {
            return text;
        }
        int characters = text.codePointCount(0, text.length());
        return characters <= length.getAsInt()
                ? text
                : text.substring(0, text.offsetByCodePoints(0, length.getAsInt()));
    }

    private static String withoutBlanks(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }
}
