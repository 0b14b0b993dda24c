package io.promotionverifier.app.config.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A node of a configuration. Scalars are typed by the key that reads them, never by YAML's guesses. Immutable. */
public sealed interface ConfigNode {
    /** Where it was written. */
    Place place();

    /** The key it was written under: {@code promotions[0].grace}. */
    String path();

    /** What people call a node of this shape. */
    String shape();

    /** The path of a key below a path. */
    static String child(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The path of an item below a path. */
    static String item(String path, int index) {
        return path + "[" + index + "]";
    }

    /** The node with every scalar of it replaced. */
    ConfigNode mapScalars(UnaryOperator<Scalar> change);

    /**
     * A single value.
     *
     * @param place where it was written
     * @param path the key it was written under
     * @param raw the text as written, references unresolved: what messages may show
     * @param text the text with references resolved; absent when one could not be
     * @param quoted whether the text stood in quotes or in a block
     */
    record Scalar(Place place, String path, String raw, Optional<String> text, boolean quoted) implements ConfigNode {
        private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

        /** True for YAML's null: a key without a value. */
        public boolean isNull() {
            return !quoted && NULLS.contains(raw);
        }

        @Override
        public String shape() {
            return isNull() ? "nothing" : "a single value";
        }

        @Override
        public ConfigNode mapScalars(UnaryOperator<Scalar> change) {
            return change.apply(this);
        }

        /** The raw text: a resolved one may be a secret. */
        @Override
        public String toString() {
            return raw;
        }
    }

    /**
     * A list.
     *
     * @param place where it was written
     * @param path the key it was written under
     * @param items its items in order
     */
    record Sequence(Place place, String path, List<ConfigNode> items) implements ConfigNode {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String shape() {
            return "a list";
        }

        @Override
        public ConfigNode mapScalars(UnaryOperator<Scalar> change) {
            return new Sequence(
                    place,
                    path,
                    items.stream().map(item -> item.mapScalars(change)).toList());
        }
    }

    /**
     * Keys with their values.
     *
     * @param place where it was written
     * @param path the key it was written under; empty for the root
     * @param entries its keys in order, duplicates included
     */
    record Mapping(Place place, String path, List<Entry> entries) implements ConfigNode {
        public Mapping {
            entries = List.copyOf(entries);
        }

        /** The value of a key. */
        public Optional<ConfigNode> find(String key) {
            return entries.stream()
                    .filter(entry -> entry.key().equals(key))
                    .map(Entry::value)
                    .findFirst();
        }

        /** This mapping with one key set: replaced where it stands, else added at the end. */
        public Mapping with(String key, Place keyPlace, ConfigNode value) {
            List<Entry> changed = new ArrayList<>(entries);
            for (int i = 0; i < changed.size(); i++) {
                if (changed.get(i).key().equals(key)) {
                    changed.set(i, new Entry(key, changed.get(i).place(), value));
                    return new Mapping(place, path, changed);
                }
            }
            changed.add(new Entry(key, keyPlace, value));
            return new Mapping(place, path, changed);
        }

        @Override
        public String shape() {
            return "a section";
        }

        @Override
        public ConfigNode mapScalars(UnaryOperator<Scalar> change) {
            return new Mapping(
                    place,
                    path,
                    entries.stream()
                            .map(entry -> new Entry(
                                    entry.key(), entry.place(), entry.value().mapScalars(change)))
                            .toList());
        }
    }

    /**
     * A key with its value.
     *
     * @param key the key
     * @param place where the key was written
     * @param value its value
     */
    record Entry(String key, Place place, ConfigNode value) {}
}
