package io.promotionverifier.app.config.tree;

import io.promotionverifier.app.config.tree.ConfigNode.Mapping;
import io.promotionverifier.app.config.tree.ConfigNode.Scalar;
import io.promotionverifier.app.config.tree.ConfigNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Applies {@code --set path=value} to a tree before it is validated. A value is taken as it stands, unless it starts
 * with a square or curly bracket: then it is YAML. Below an open section ({@code source.debezium}) the rest of the path
 * is one key, dots and all.
 *
 * @param openSections the sections whose keys are not ours
 */
public record Overrides(Set<String> openSections) {
    private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)((?:\\[\\d{1,4}])*)");
    private static final Pattern INDEX = Pattern.compile("\\[(\\d+)]");

    /** One step of a path: a key of a section or an index of a list. */
    private sealed interface Step {
        record Name(String key) implements Step {}

        record Index(int index) implements Step {}
    }

    /** The tree with each assignment applied in order. */
    public ConfigNode apply(ConfigNode root, List<String> assignments, Problems problems) {
        ConfigNode changed = root;
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            String path =
                    equals < 0 ? assignment : assignment.substring(0, equals).strip();
            Optional<List<Step>> steps = equals < 0 ? Optional.empty() : steps(path);
            if (steps.isEmpty()) {
                problems.add(Place.SET, equals < 0 ? "" : path, "write --set path=value, as in promotions[0].grace=5s");
                continue;
            }
            Optional<ConfigNode> value = value(path, assignment.substring(equals + 1), problems);
            if (value.isPresent()) {
                changed = put(Optional.of(changed), "", steps.get(), value.get(), problems);
            }
        }
        return changed;
    }

    private Optional<List<Step>> steps(String path) {
        Optional<String> open = openSections.stream()
                .filter(section -> path.startsWith(section + ".") && path.length() > section.length() + 1)
                .findFirst();
        List<Step> steps = new ArrayList<>();
        for (String part : open.orElse(path).split("\\.", -1)) {
            Matcher step = STEP.matcher(part);
            if (!step.matches()) {
                return Optional.empty();
            }
            steps.add(new Step.Name(step.group(1)));
            INDEX.matcher(step.group(2))
                    .results()
                    .forEach(index -> steps.add(new Step.Index(Integer.parseInt(index.group(1)))));
        }
        open.ifPresent(section -> steps.add(new Step.Name(path.substring(section.length() + 1))));
        return Optional.of(steps);
    }

    private static Optional<ConfigNode> value(String path, String text, Problems problems) {
        if (text.startsWith("[") || text.startsWith("{")) {
            Problems inText = new Problems();
            Optional<ConfigNode> node = YamlTree.read(Place.SET.origin(), text, path, inText);
            inText.inReadingOrder().forEach(found -> problems.add(Place.SET, path, found.message()));
            return node;
        }
        return Optional.of(new Scalar(Place.SET, path, text, Optional.of(text), false));
    }

    private static ConfigNode put(
            Optional<ConfigNode> at, String path, List<Step> steps, ConfigNode value, Problems problems) {
        if (steps.isEmpty()) {
            return value;
        }
        List<Step> rest = steps.subList(1, steps.size());
        if (steps.get(0) instanceof Step.Name name) {
            return putKey(at, path, name.key(), rest, value, problems);
        }
        return putItem(at, path, (Step.Index) steps.get(0), rest, value, problems);
    }

    private static ConfigNode putKey(
            Optional<ConfigNode> at, String path, String key, List<Step> rest, ConfigNode value, Problems problems) {
        ConfigNode section = at.filter(node -> !isNull(node)).orElse(new Mapping(Place.SET, path, List.of()));
        String below = ConfigNode.child(path, key);
        if (section instanceof Mapping mapping) {
            return mapping.with(key, Place.SET, put(mapping.find(key), below, rest, value, problems));
        }
        problems.add(Place.SET, below, path + " is " + section.shape() + ", not a section");
        return section;
    }

    private static ConfigNode putItem(
            Optional<ConfigNode> at,
            String path,
            Step.Index step,
            List<Step> rest,
            ConfigNode value,
            Problems problems) {
        ConfigNode list = at.filter(node -> !isNull(node)).orElse(new Sequence(Place.SET, path, List.of()));
        String below = ConfigNode.item(path, step.index());
        if (!(list instanceof Sequence sequence)
                || step.index() > sequence.items().size()) {
            problems.add(Place.SET, below, "no such item in " + path);
            return list;
        }
        List<ConfigNode> items = new ArrayList<>(sequence.items());
        if (step.index() == items.size()) {
            items.add(put(Optional.empty(), below, rest, value, problems));
        } else {
            items.set(step.index(), put(Optional.of(items.get(step.index())), below, rest, value, problems));
        }
        return new Sequence(sequence.place(), path, items);
    }

    private static boolean isNull(ConfigNode node) {
        return node instanceof Scalar scalar && scalar.isNull();
    }
}
