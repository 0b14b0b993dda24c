package io.promotionverifier.app.config.form;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.app.config.tree.ConfigNode;
import io.promotionverifier.app.config.tree.ConfigNode.Sequence;
import io.promotionverifier.app.config.tree.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The form of a list.
 *
 * @param item the form of each item
 * @param least how many items there must be
 * @param <T> what each item reads as
 */
public record ListForm<T>(Form<T> item, int least) implements Form<List<T>> {

    @Override
    public String name() {
        return "a list, each " + item.name();
    }

    @Override
    public Optional<Shown<List<T>>> read(ConfigNode node, Problems problems) {
        if (!(node instanceof Sequence sequence)) {
            problems.add(node, "a list is expected, not " + node.shape());
            return Optional.empty();
        }
        if (sequence.items().size() < least) {
            problems.add(node, "at least " + least + " is expected");
            return Optional.empty();
        }
        List<T> values = new ArrayList<>();
        ArrayNode shown = JsonNodeFactory.instance.arrayNode();
        for (ConfigNode each : sequence.items()) {
            item.read(each, problems).ifPresent(value -> {
                values.add(value.value());
                shown.add(value.shown());
            });
        }
        return values.size() == sequence.items().size()
                ? Optional.of(new Shown<>(List.copyOf(values), shown))
                : Optional.empty();
    }

    @Override
    public ObjectNode schema() {
        ObjectNode schema = Schemas.type("array").put("minItems", least);
        schema.set("items", item.schema());
        return schema;
    }
}
