package io.promotionverifier.app.config.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.promotionverifier.app.config.tree.ConfigNode;
import io.promotionverifier.app.config.tree.ConfigNode.Scalar;
import io.promotionverifier.app.config.tree.Problems;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The form of a single value.
 *
 * @param name its name for people, with an article: {@code a duration}
 * @param accepted what is accepted, as JSON Schema, references aside
 * @param parse reads the text; throws {@link MalformedValueException} with a message about the text's form
 * @param show what may be shown of a value that was written as this text
 * @param <T> what is read
 */
record ScalarForm<T>(String name, ObjectNode accepted, Function<String, T> parse, BiFunction<T, String, JsonNode> show)
        implements Form<T> {

    /** A form whose values are shown as they were written. */
    static <T> ScalarForm<T> of(String name, ObjectNode accepted, Function<String, T> parse) {
        return new ScalarForm<>(name, accepted, parse, (value, text) -> TextNode.valueOf(text));
    }

    @Override
    public Optional<Shown<T>> read(ConfigNode node, Problems problems) {
        if (!(node instanceof Scalar scalar)) {
            problems.add(node, name + " is expected, not " + node.shape());
            return Optional.empty();
        }
        if (scalar.isNull()) {
            problems.add(node, "has no value; " + name + " is expected");
            return Optional.empty();
        }
        return scalar.text().flatMap(text -> parsed(scalar, text, problems));
    }

    private Optional<Shown<T>> parsed(Scalar scalar, String text, Problems problems) {
        try {
            T value = parse.apply(text);
            return Optional.of(new Shown<>(value, show.apply(value, text)));
        } catch (MalformedValueException e) {
            problems.add(scalar, "\"" + scalar.raw() + "\": " + e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public ObjectNode schema() {
        return Schemas.orReference(accepted.deepCopy());
    }
}
