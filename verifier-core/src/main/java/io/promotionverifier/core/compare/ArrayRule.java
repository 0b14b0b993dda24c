package io.promotionverifier.core.compare;

import io.promotionverifier.core.change.DocumentValue.Shape;
import io.promotionverifier.core.compare.json.JsonScanner;
import io.promotionverifier.core.compare.json.Token;
import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.SessionRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One-dimensional arrays: a JSON array element by element, each by the input rules of the element type and JSON null as
 * NULL; any other text by PostgreSQL's array notation. Order counts, and so does a lower bound other than 1. More
 * dimensions are too large.
 */
final class ArrayRule implements TypeRule {
    private static final Canonical NULL = new Canonical.Absent();

    private final TypeRule element;
    private final boolean holdsJson;
    private final SessionRules session;

    ArrayRule(ColumnType element, SessionRules session) {
        this.element = TypeRules.of(element, session);
        this.holdsJson = element.kind() == ColumnType.Kind.JSONB;
        this.session = session;
    }

    @Override
    public Canonical canonical(String text) {
        return ArrayLiteral.parse(
                text,
                session,
                literal -> canonical(
                        literal.lowerBound(),
                        literal.elements().stream()
                                .map(each -> each.map(element::canonical).orElse(NULL))
                                .toList()));
    }

    @Override
    public boolean heedsShape() {
        return true;
    }

    @Override
    public Canonical canonical(Shape shape, String text) {
        return shape == Shape.ARRAY ? json(text) : canonical(text);
    }

    private Canonical json(String text) {
        JsonScanner scanner = new JsonScanner(text);
        List<Canonical> elements = new ArrayList<>();
        scanner.next();
        for (Token token = scanner.next(); token != Token.END_ARRAY; token = scanner.next()) {
            Optional<Canonical> next = element(token, scanner, text);
            if (next.isEmpty()) {
                return new Canonical.Refused();
            }
            elements.add(next.get());
        }
        return canonical(1, elements);
    }

    /** An element by its own text, as {@code jsonb_array_elements_text} gives it; absent where there is none. */
    private Optional<Canonical> element(Token token, JsonScanner scanner, String text) {
        return switch (token) {
            case NULL -> Optional.of(NULL);
            case STRING -> Optional.of(element.canonical(Shape.STRING, scanner.value()));
            case NUMBER -> Optional.of(element.canonical(Shape.NUMBER, scanner.value()));
            case BOOLEAN -> Optional.of(element.canonical(Shape.BOOLEAN, scanner.value()));
            case BEGIN_OBJECT, BEGIN_ARRAY -> nested(token, scanner, text);
            default -> Optional.empty();
        };
    }

    private Optional<Canonical> nested(Token begin, JsonScanner scanner, String text) {
        int start = scanner.start();
        int depth = scanner.depth();
        while (scanner.depth() >= depth) {
            if (scanner.next() == Token.MALFORMED) {
                return Optional.empty();
            }
        }
        String part = text.substring(start, scanner.end());
        if (begin == Token.BEGIN_OBJECT) {
            return Optional.of(element.canonical(Shape.OBJECT, part));
        }
        return Optional.of(holdsJson ? element.canonical(Shape.ARRAY, part) : new Canonical.TooLarge());
    }

    /** One refused element makes the server refuse the array, whatever the others are. */
    private static Canonical canonical(int lowerBound, List<Canonical> elements) {
        for (Class<? extends Canonical> worse :
                List.of(Canonical.Refused.class, Canonical.Volatile.class, Canonical.TooLarge.class)) {
            Optional<Canonical> first =
                    elements.stream().filter(worse::isInstance).findFirst();
            if (first.isPresent()) {
                return first.get();
            }
        }
        String body = elements.stream().map(ArrayRule::written).collect(Collectors.joining(",", "{", "}"));
        boolean plain = lowerBound == 1 || elements.isEmpty();
        int upperBound = lowerBound + elements.size() - 1;
        return new Canonical.Known(plain ? body : "[" + lowerBound + ":" + upperBound + "]=" + body);
    }

    private static String written(Canonical value) {
        return value instanceof Canonical.Known known
                ? '"' + known.text().replace("\\", "\\\\").replace("\"", "\\\"") + '"'
                : "NULL";
    }
}
