package io.promotionverifier.app.config.form;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.app.config.tree.ConfigNode;
import io.promotionverifier.app.config.tree.ConfigNode.Entry;
import io.promotionverifier.app.config.tree.ConfigNode.Mapping;
import io.promotionverifier.app.config.tree.ConfigNode.Scalar;
import io.promotionverifier.app.config.tree.Problems;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The form of an open section: properties of another library, of which some are the verifier's own.
 *
 * @param library whose properties they are
 * @param owned the properties that may not be set; one ending in a dot stands for all that start with it
 */
public record PassThroughForm(String library, Set<String> owned) implements Form<PassThrough> {
    private static final Pattern SENSITIVE =
            Pattern.compile("(?i).*(password|passwd|secret|token|jaas|credential|passphrase|\\.key$).*");

    public PassThroughForm {
        owned = Set.copyOf(owned);
    }

    @Override
    public String name() {
        return "properties of " + library;
    }

    @Override
    public Optional<Shown<PassThrough>> read(ConfigNode node, Problems problems) {
        if (!(node instanceof Mapping mapping)) {
            problems.add(node, "a section is expected, not " + node.shape());
            return Optional.empty();
        }
        Map<String, String> properties = new LinkedHashMap<>();
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        for (Entry entry : mapping.entries()) {
            String path = ConfigNode.child(node.path(), entry.key());
            if (properties.containsKey(entry.key())) {
                problems.add(entry.place(), path, "duplicate key");
            } else if (isOwned(entry.key())) {
                problems.add(entry.place(), path, "belongs to the verifier and cannot be set");
            } else {
                Forms.text().read(entry.value(), problems).ifPresent(value -> {
                    properties.put(entry.key(), value.value());
                    shown.put(entry.key(), isSecret(entry) ? Secret.MASK : value.value());
                });
            }
        }
        return properties.size() == mapping.entries().size()
                ? Optional.of(new Shown<>(new PassThrough(properties), shown))
                : Optional.empty();
    }

    private boolean isOwned(String property) {
        return owned.stream().anyMatch(own -> own.endsWith(".") ? property.startsWith(own) : property.equals(own));
    }

    /** Masked by its name, or because it came from a file or the environment. */
    private static boolean isSecret(Entry entry) {
        boolean referred =
                entry.value() instanceof Scalar scalar && scalar.raw().contains("${");
        return referred || SENSITIVE.matcher(entry.key()).matches();
    }

    @Override
    public ObjectNode schema() {
        ObjectNode schema = Schemas.type("object");
        ObjectNode patterns = schema.putObject("patternProperties");
        owned.stream().sorted().forEach(own -> patterns.put(pattern(own), false));
        schema.set("additionalProperties", Schemas.anyScalar());
        return schema;
    }

    private static String pattern(String own) {
        return "^" + own.replace(".", "\\.") + (own.endsWith(".") ? "" : "$");
    }
}
