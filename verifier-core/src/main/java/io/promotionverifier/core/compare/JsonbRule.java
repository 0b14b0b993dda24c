package io.promotionverifier.core.compare;

import io.promotionverifier.core.change.DocumentValue.Shape;
import io.promotionverifier.core.promotion.SessionRules;
import java.util.OptionalInt;

/**
 * {@code jsonb}: compared by structure. Numbers count by value at any precision, the order of keys and white space do
 * not count, of a repeated key the last one does. JSON null is no value: see ADR 0017.
 */
final class JsonbRule implements TypeRule {
    /** Longer texts are not judged: the canonical text and the order of its keys take memory of this size. */
    private static final int MOST_CHARACTERS = 1 << 24;

    private final TypeRule numbers;

    JsonbRule(SessionRules session) {
        this.numbers = new NumericRule(OptionalInt.empty(), OptionalInt.empty(), session);
    }

    @Override
    public Canonical canonical(String text) {
        return text.length() > MOST_CHARACTERS ? new Canonical.TooLarge() : new JsonbPass(text, numbers).run();
    }

    @Override
    public boolean heedsShape() {
        return true;
    }

    /** {@code document #> path}: the text of a JSON string has lost its quotes on the way. */
    @Override
    public Canonical canonical(Shape shape, String text) {
        if (shape != Shape.STRING) {
            return canonical(text);
        }
        if (!TextRule.isStorable(text)) {
            return new Canonical.Refused();
        }
        StringBuilder quoted = new StringBuilder(text.length() + 2);
        JsonbPass.appendQuoted(quoted, text);
        return new Canonical.Known(quoted.toString());
    }
}
