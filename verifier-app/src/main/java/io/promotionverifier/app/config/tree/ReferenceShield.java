package io.promotionverifier.app.config.tree;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets a reference stand unquoted inside a flow mapping: there YAML would read its braces as its own. The braces are
 * hidden from the parser behind private characters, one for one, so that lines and columns stay what they are.
 */
final class ReferenceShield {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^{}\\r\\n]*)}");
    private static final char OPEN = '\uE0F0';
    private static final char BRACE = '\uE0F1';
    private static final char CLOSE = '\uE0F2';

    private ReferenceShield() {}

    static String hide(String text) {
        boolean taken = text.chars().anyMatch(c -> c >= OPEN && c <= CLOSE);
        return taken
                ? text
                : REFERENCE
                        .matcher(text)
                        .replaceAll(found -> Matcher.quoteReplacement("" + OPEN + BRACE + found.group(1) + CLOSE));
    }

    static String show(String text) {
        return text.replace(OPEN, '$').replace(BRACE, '{').replace(CLOSE, '}');
    }
}
