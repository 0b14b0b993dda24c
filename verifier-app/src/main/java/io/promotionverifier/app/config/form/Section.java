package io.promotionverifier.app.config.form;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.app.config.tree.ConfigNode;
import io.promotionverifier.app.config.tree.ConfigNode.Entry;
import io.promotionverifier.app.config.tree.ConfigNode.Mapping;
import io.promotionverifier.app.config.tree.Place;
import io.promotionverifier.app.config.tree.Problems;
import io.promotionverifier.app.config.tree.YamlTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The form of a section: a closed set of keys. Reading goes on after a problem, so that all of them are found at once.
 *
 * @param keys its keys in the order of the documentation
 * @param rules what must hold between its values; asked also when some values are missing
 * @param make the record that its values become
 * @param <T> the record
 */
public record Section<T>(List<Key<?>> keys, List<Rule> rules, Function<Values, T> make) implements Form<T> {
    public Section {
        keys = List.copyOf(keys);
        rules = List.copyOf(rules);
    }

    /** Something that must hold between the values of a section. */
    @FunctionalInterface
    public interface Rule {
        /** Notes where it does not hold. */
        void check(Values values, Problems problems);
    }

    /** A section whose values are independent of one another. */
    public static <T> Section<T> of(List<Key<?>> keys, Function<Values, T> make) {
        return new Section<>(keys, List.of(), make);
    }

    @Override
    public String name() {
        return "a section";
    }

    @Override
    public Optional<Shown<T>> read(ConfigNode node, Problems problems) {
        if (!(node instanceof Mapping mapping)) {
            problems.add(node, "a section is expected, not " + node.shape());
            return Optional.empty();
        }
        refuseStrangers(mapping, problems);
        Values values = new Values(mapping);
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        boolean complete = true;
        for (Key<?> key : keys) {
            complete &= readKey(key, mapping, new Target(values, shown), problems);
        }
        Problems ofRules = new Problems();
        rules.forEach(rule -> rule.check(values, ofRules));
        ofRules.inReadingOrder().forEach(problem -> problems.add(problem.place(), problem.path(), problem.message()));
        return complete && ofRules.isEmpty() ? Optional.of(new Shown<>(make.apply(values), shown)) : Optional.empty();
    }

    /** Where what is read goes. */
    private record Target(Values values, ObjectNode shown) {
        <T> void put(Key<T> key, Shown<T> read) {
            values.put(key, read.value());
            shown.set(key.name(), read.shown());
        }
    }

    private void refuseStrangers(Mapping mapping, Problems problems) {
        Map<String, Place> seen = new HashMap<>();
        List<String> known = keys.stream().map(Key::name).toList();
        for (Entry entry : mapping.entries()) {
            String path = ConfigNode.child(mapping.path(), entry.key());
            Place first = seen.putIfAbsent(entry.key(), entry.place());
            if (first != null) {
                problems.add(entry.place(), path, "duplicate key, first given in line " + first.line());
            } else if (!known.contains(entry.key())) {
                problems.add(entry.place(), path, "unknown key" + Likeness.hint(entry.key(), known));
            }
        }
    }

    /** Reads one key; false when it is missing or malformed. */
    private static <T> boolean readKey(Key<T> key, Mapping mapping, Target target, Problems problems) {
        Optional<ConfigNode> given = mapping.find(key.name());
        String path = ConfigNode.child(mapping.path(), key.name());
        if (given.isEmpty() && key.presence() == Key.Presence.OPTIONAL) {
            return true;
        }
        Optional<Shown<T>> read = given.isPresent()
                ? key.form().read(given.get(), problems)
                : readFallback(key, target.values(), mapping.place(), path, problems);
        read.ifPresent(value -> target.put(key, value));
        return read.isPresent();
    }

    private static <T> Optional<Shown<T>> readFallback(
            Key<T> key, Values values, Place place, String path, Problems problems) {
        Problems ofFallback = new Problems();
        Optional<String> fallback = key.fallback(values);
        Optional<Shown<T>> read = fallback.flatMap(text -> YamlTree.read(path, text, path, ofFallback))
                .flatMap(node -> key.form().read(node, ofFallback));
        if (!ofFallback.isEmpty()) {
            // The default may be made of what came from a reference, which is never shown.
            problems.add(
                    place,
                    path,
                    "is required, for its default would not do: " + key.form().name() + " is wanted");
        } else if (key.presence() == Key.Presence.REQUIRED) {
            problems.add(place, path, "is required (" + key.form().name() + ")");
        }
        return read;
    }

    @Override
    public ObjectNode schema() {
        ObjectNode schema = Schemas.type("object").put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JsonNodeFactory.instance.arrayNode();
        for (Key<?> key : keys) {
            ObjectNode property = key.form().schema().put("description", key.meaning());
            properties.set(key.name(), property);
            if (key.presence() == Key.Presence.REQUIRED) {
                required.add(key.name());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema;
    }
}
