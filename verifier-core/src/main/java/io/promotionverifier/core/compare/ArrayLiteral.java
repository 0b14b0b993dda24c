package io.promotionverifier.core.compare;

import io.promotionverifier.core.promotion.SessionRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A one-dimensional array in PostgreSQL's own notation: {@code {a,"b c",NULL}}, {@code [2:3]={a,b}}.
 *
 * @param lowerBound the index of the first element, 1 if not said
 * @param elements the texts of the elements, NULL as absent
 */
record ArrayLiteral(int lowerBound, List<Optional<String>> elements) {
    ArrayLiteral {
        elements = List.copyOf(elements);
    }

    /** What the function makes of the array; refused as PostgreSQL does, too large with more than one dimension. */
    static Canonical parse(String text, SessionRules session, Function<ArrayLiteral, Canonical> then) {
        return new Reader(text, session).read(then);
    }

    /** One walk over one text. */
    private static final class Reader {
        private final String text;
        private final ArrayBounds bounds;
        private final List<Optional<String>> elements = new ArrayList<>();
        private int at;

        Reader(String text, SessionRules session) {
            this.text = text;
            this.bounds = new ArrayBounds(text, session);
        }

        Canonical read(Function<ArrayLiteral, Canonical> then) {
            if (!TextRule.isStorable(text)) {
                return new Canonical.Refused();
            }
            skipSpace();
            if (is('[')) {
                at = bounds.read(at);
                if (bounds.isStrange()) {
                    return new Canonical.TooLarge();
                }
            }
            if (at < 0 || !is('{')) {
                return new Canonical.Refused();
            }
            at++;
            Optional<Canonical> problem = body();
            if (problem.isPresent()) {
                return problem.get();
            }
            skipSpace();
            return at == text.length() && bounds.fit(elements.size())
                    ? then.apply(new ArrayLiteral(bounds.lower(), elements))
                    : new Canonical.Refused();
        }

        /** The elements and the closing brace; says what is wrong with them. */
        private Optional<Canonical> body() {
            skipSpace();
            if (is('}')) {
                at++;
                return Optional.empty();
            }
            while (true) {
                skipSpace();
                if (is('{')) {
                    return Optional.of(new Canonical.TooLarge());
                }
                if (!(is('"') ? quoted() : unquoted())) {
                    return Optional.of(new Canonical.Refused());
                }
                boolean closed = is('}');
                if (!closed && !is(',')) {
                    return Optional.of(new Canonical.Refused());
                }
                at++;
                if (closed) {
                    return Optional.empty();
                }
            }
        }

        private boolean quoted() {
            StringBuilder element = new StringBuilder();
            at++;
            while (at < text.length() && !is('"')) {
                at += is('\\') ? 1 : 0;
                if (at < text.length()) {
                    element.append(text.charAt(at));
                    at++;
                }
            }
            if (at >= text.length()) {
                return false;
            }
            at++;
            skipSpace();
            elements.add(Optional.of(element.toString()));
            return true;
        }

        /** White space at the end is none of the element, unless a backslash says so. */
        private boolean unquoted() {
            StringBuilder element = new StringBuilder();
            int kept = 0;
            boolean escaped = false;
            while (at < text.length() && !is(',') && !is('}')) {
                if (is('{') || is('"')) {
                    return false;
                }
                boolean escape = is('\\');
                escaped |= escape;
                at += escape ? 1 : 0;
                if (at == text.length()) {
                    return false;
                }
                element.append(text.charAt(at));
                kept = escape || !AsciiText.isSpace(text.charAt(at)) ? element.length() : kept;
                at++;
            }
            element.setLength(kept);
            boolean isNull = !escaped && AsciiText.isWord(element.toString(), "null");
            elements.add(isNull ? Optional.empty() : Optional.of(element.toString()));
            return escaped || kept > 0;
        }

        private boolean is(char c) {
            return at < text.length() && text.charAt(at) == c;
        }

        private void skipSpace() {
            while (at < text.length() && AsciiText.isSpace(text.charAt(at))) {
                at++;
            }
        }
    }
}
