package io.promotionverifier.app.config.tree;

import io.promotionverifier.app.config.tree.ConfigNode.Entry;
import io.promotionverifier.app.config.tree.ConfigNode.Mapping;
import io.promotionverifier.app.config.tree.ConfigNode.Scalar;
import io.promotionverifier.app.config.tree.ConfigNode.Sequence;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;

/**
 * YAML text as a tree, built from the parser's events, so that no tag is ever obeyed and no scalar is guessed at.
 * Aliases share the node they name, which bounds their cost; one inside its own anchor is unknown. Confined to the
 * thread that loads.
 */
public final class YamlTree {
    private static final int DEEPEST = 50;
    private static final int MOST_ALIASES = 50;

    private final String origin;
    private final Problems problems;
    private final Iterator<Event> events;
    private final Map<String, ConfigNode> anchors = new HashMap<>();
    private int aliases;

    private YamlTree(String origin, Iterator<Event> events, Problems problems) {
        this.origin = origin;
        this.events = events;
        this.problems = problems;
    }

    /**
     * Reads one document.
     *
     * @return the root; absent when the text is not YAML, which is then the only problem noted
     */
    public static Optional<ConfigNode> read(String origin, String text, String path, Problems problems) {
        try {
            Iterator<Event> events = new Yaml(new LoaderOptions())
                    .parse(new StringReader(ReferenceShield.hide(text)))
                    .iterator();
            return new YamlTree(origin, events, problems).document(path);
        } catch (MarkedYAMLException e) {
            problems.add(
                    place(origin, e.getProblemMark()),
                    path,
                    "not YAML: " + ReferenceShield.show(String.valueOf(e.getProblem())));
        } catch (YAMLException e) {
            problems.add(Place.of(origin), path, "not YAML: " + firstLine(e));
        }
        return Optional.empty();
    }

    private Optional<ConfigNode> document(String path) {
        Optional<ConfigNode> root = Optional.empty();
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof DocumentStartEvent && root.isPresent()) {
                problems.add(at(event), "", "a second document; one file holds one configuration");
                return root;
            }
            if (event instanceof ScalarEvent
                    || event instanceof SequenceStartEvent
                    || event instanceof MappingStartEvent
                    || event instanceof AliasEvent) {
                root = Optional.of(node(event, path, 0));
            }
        }
        return root;
    }

    private ConfigNode node(Event event, String path, int depth) {
        if (depth > DEEPEST) {
            throw new YAMLException("nested deeper than " + DEEPEST + " levels");
        }
        if (event instanceof AliasEvent alias) {
            return aliased(alias, path);
        }
        if (event instanceof ScalarEvent scalar) {
            refuseTag(scalar.getTag(), event, path);
            boolean quoted = scalar.getScalarStyle() != ScalarStyle.PLAIN;
            String text = ReferenceShield.show(scalar.getValue());
            return anchored(scalar.getAnchor(), new Scalar(at(event), path, text, Optional.of(text), quoted));
        }
        if (event instanceof SequenceStartEvent start) {
            refuseTag(start.getTag(), event, path);
            return anchored(start.getAnchor(), sequence(start, path, depth));
        }
        MappingStartEvent start = (MappingStartEvent) event;
        refuseTag(start.getTag(), event, path);
        return anchored(start.getAnchor(), mapping(start, path, depth));
    }

    private Sequence sequence(Event start, String path, int depth) {
        List<ConfigNode> items = new ArrayList<>();
        Event event = events.next();
        while (!event.is(Event.ID.SequenceEnd)) {
            items.add(node(event, ConfigNode.item(path, items.size()), depth + 1));
            event = events.next();
        }
        return new Sequence(at(start), path, items);
    }

    private Mapping mapping(Event start, String path, int depth) {
        List<Entry> entries = new ArrayList<>();
        Event event = events.next();
        while (!event.is(Event.ID.MappingEnd)) {
            Place keyPlace = at(event);
            ConfigNode key = node(event, path, depth + 1);
            String name = key instanceof Scalar scalar ? scalar.raw() : "?";
            if (!(key instanceof Scalar)) {
                problems.add(keyPlace, path, "a key is a single value, not " + key.shape());
            }
            entries.add(new Entry(name, keyPlace, node(events.next(), ConfigNode.child(path, name), depth + 1)));
            event = events.next();
        }
        return new Mapping(at(start), path, entries);
    }

    private ConfigNode aliased(AliasEvent alias, String path) {
        aliases++;
        if (aliases > MOST_ALIASES) {
            throw new YAMLException("more than " + MOST_ALIASES + " aliases");
        }
        ConfigNode node = anchors.get(alias.getAnchor());
        if (node == null) {
            problems.add(at(alias), path, "unknown alias *" + alias.getAnchor());
            return new Scalar(at(alias), path, "*" + alias.getAnchor(), Optional.empty(), true);
        }
        return node;
    }

    private ConfigNode anchored(@Nullable String anchor, ConfigNode node) {
        if (anchor != null) {
            anchors.put(anchor, node);
        }
        return node;
    }

    private void refuseTag(@Nullable String tag, Event event, String path) {
        if (tag != null) {
            problems.add(at(event), path, "tags are not allowed (" + tag + ")");
        }
    }

    private Place at(Event event) {
        return place(origin, event.getStartMark());
    }

    private static Place place(String origin, @Nullable Mark mark) {
        return mark == null ? Place.of(origin) : new Place(origin, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static String firstLine(YAMLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
    }
}
