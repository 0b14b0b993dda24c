package io.promotionverifier.core.compare;

/** {@code boolean}: 1, 0 and unambiguous beginnings of true, false, yes, no, on, off in any case. */
final class BooleanRule implements TypeRule {
    @Override
    public Canonical canonical(String text) {
        String word = AsciiText.strip(text);
        if (isOneOf(word, "1", "true", "yes") || isSwitch(word, "on")) {
            return new Canonical.Known("true");
        }
        if (isOneOf(word, "0", "false", "no") || isSwitch(word, "off")) {
            return new Canonical.Known("false");
        }
        return new Canonical.Refused();
    }

    private static boolean isOneOf(String word, String digit, String first, String second) {
        return word.equals(digit)
                || (!word.isEmpty() && (AsciiText.isPrefix(word, first) || AsciiText.isPrefix(word, second)));
    }

    /** {@code o} alone begins both on and off, so it is refused. */
    private static boolean isSwitch(String word, String name) {
        return word.length() >= 2 && AsciiText.isPrefix(word, name);
    }
}
