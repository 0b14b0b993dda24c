package io.promotionverifier.app.config.form;

import io.promotionverifier.app.config.tree.ConfigNode;
import io.promotionverifier.app.config.tree.ConfigNode.Mapping;
import io.promotionverifier.app.config.tree.Problems;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What was read of a section, by key. Confined to the thread that loads. */
public final class Values {
    private final Mapping section;
    private final Map<Key<?>, Object> values = new HashMap<>();

    Values(Mapping section) {
        this.section = section;
    }

    <T> void put(Key<T> key, T value) {
        values.put(key, value);
    }

    /** The value of a key, if it was given or defaulted, and was well-formed. */
    @SuppressWarnings("unchecked") // put() ties the value's type to the key's
    public <T> Optional<T> find(Key<T> key) {
        return Optional.ofNullable((T) values.get(key));
    }

    /** The value of a key that is required or defaulted, in a section without problems. */
    public <T> T get(Key<T> key) {
        return find(key).orElseThrow(() -> new IllegalStateException(key.name() + " was not read"));
    }

    /** True when the file or {@code --set} gives the key. */
    public boolean isGiven(Key<?> key) {
        return section.find(key.name()).isPresent();
    }

    /** Notes that the value of a key does not go with the rest. */
    public void refuse(Key<?> key, String message, Problems problems) {
        Optional<ConfigNode> given = section.find(key.name());
        String path = ConfigNode.child(section.path(), key.name());
        problems.add(given.orElse(section).place(), given.map(ConfigNode::path).orElse(path), message);
    }
}
