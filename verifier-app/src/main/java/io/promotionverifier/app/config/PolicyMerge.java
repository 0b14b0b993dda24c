package io.promotionverifier.app.config;

import io.promotionverifier.app.config.form.Key;
import io.promotionverifier.app.config.tree.ConfigNode;
import io.promotionverifier.app.config.tree.ConfigNode.Entry;
import io.promotionverifier.app.config.tree.ConfigNode.Mapping;
import io.promotionverifier.app.config.tree.ConfigNode.Sequence;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts the keys of {@code defaults} into every promotion, sections key by key. Merged nodes keep their place, so that a
 * problem in the defaults is named there, and once.
 */
final class PolicyMerge {
    private static final Set<String> POLICY =
            PolicyKeys.ALL.stream().map(Key::name).collect(Collectors.toSet());

    private PolicyMerge() {}

    static Mapping apply(Mapping root) {
        Optional<ConfigNode> defaults = root.find(ConfigKeys.DEFAULTS.name());
        Optional<ConfigNode> promotions = root.find(ConfigKeys.PROMOTIONS.name());
        if (defaults.orElse(root) instanceof Mapping given
                && defaults.isPresent()
                && promotions.orElse(root) instanceof Sequence list) {
            List<Entry> policy = given.entries().stream()
                    .filter(entry -> POLICY.contains(entry.key()))
                    .toList();
            List<ConfigNode> merged =
                    list.items().stream().map(item -> below(item, policy)).toList();
            return root.with(
                    ConfigKeys.PROMOTIONS.name(), list.place(), new Sequence(list.place(), list.path(), merged));
        }
        return root;
    }

    /** The node with the keys that it does not have itself. */
    private static ConfigNode below(ConfigNode node, List<Entry> defaults) {
        if (!(node instanceof Mapping mapping)) {
            return node;
        }
        Mapping merged = mapping;
        for (Entry entry : defaults) {
            Optional<ConfigNode> own = mapping.find(entry.key());
            if (own.isEmpty()) {
                merged = merged.with(entry.key(), entry.place(), entry.value());
            } else if (entry.value() instanceof Mapping inherited) {
                merged = merged.with(entry.key(), entry.place(), below(own.get(), inherited.entries()));
            }
        }
        return merged;
    }
}
