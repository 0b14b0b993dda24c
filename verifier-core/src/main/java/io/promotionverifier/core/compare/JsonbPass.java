package io.promotionverifier.core.compare;

import io.promotionverifier.core.compare.json.JsonScanner;
import io.promotionverifier.core.compare.json.Token;
import java.util.ArrayDeque;
import java.util.Deque;

/** One walk over one JSON text that writes its canonical form: no blanks, keys in jsonb's order, each once. */
final class JsonbPass {
    /** What every server of default settings accepts; deeper ones exhaust its stack sooner or later. */
    private static final int MOST_DEPTH = 6_000;

    /** What putting keys in order may copy in all, nested as they are. */
    private static final long MOST_MOVED_CHARACTERS = 1L << 28;

    private final JsonScanner scanner;
    private final TypeRule numbers;
    private final StringBuilder out;
    private final Deque<Container> open = new ArrayDeque<>();
    private long moved;

    JsonbPass(String text, TypeRule numbers) {
        this.scanner = new JsonScanner(text);
        this.numbers = numbers;
        this.out = new StringBuilder(text.length());
    }

    Canonical run() {
        boolean isNull = false;
        while (true) {
            Token token = scanner.next();
            switch (token) {
                case END -> {
                    return isNull ? new Canonical.Absent() : new Canonical.Known(out.toString());
                }
                case MALFORMED -> {
                    return new Canonical.Refused();
                }
                case NUMBER -> {
                    separate();
                    Canonical number = numbers.canonical(scanner.value());
                    if (!(number instanceof Canonical.Known known)) {
                        return number;
                    }
                    out.append(known.text());
                }
                case NULL -> {
                    isNull = open.isEmpty();
                    separate();
                    out.append(scanner.value());
                }
                default -> write(token);
            }
            if (scanner.depth() > MOST_DEPTH || moved > MOST_MOVED_CHARACTERS) {
                return new Canonical.TooLarge();
            }
        }
    }

    private void write(Token token) {
        switch (token) {
            case BEGIN_OBJECT, BEGIN_ARRAY -> {
                separate();
                open.push(new Container(token == Token.BEGIN_OBJECT));
                out.append(token == Token.BEGIN_OBJECT ? '{' : '[');
            }
            case END_OBJECT -> {
                moved += open.pop().arrange(out);
                out.append('}');
            }
            case END_ARRAY -> {
                open.pop();
                out.append(']');
            }
            case KEY -> {
                open.element().separate(out);
                open.element().begin(scanner.value(), out.length());
                appendQuoted(out, scanner.value());
                out.append(':');
            }
            case STRING -> {
                separate();
                appendQuoted(out, scanner.value());
            }
            default -> {
                separate();
                out.append(scanner.value());
            }
        }
    }

    /** In an object the comma came before the key. */
    private void separate() {
        Container container = open.peek();
        if (container != null && !container.isObject()) {
            container.separate(out);
        }
    }

    /** Appends a JSON string: only what must be escaped is. */
    static void appendQuoted(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
