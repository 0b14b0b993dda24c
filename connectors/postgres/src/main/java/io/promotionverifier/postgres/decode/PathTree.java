package io.promotionverifier.postgres.decode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Paths into one document, merged by their common beginnings, so that one pass over the text finds them all. */
final class PathTree {
    private final Map<String, PathTree> members = new HashMap<>();
    private final List<Element> elements = new ArrayList<>();
    private final List<Integer> targets = new ArrayList<>();
    private boolean countsFromEnd;

    private record Element(int index, PathTree below) {}

    /** @param paths literal keys from the outside in; the number of a path is its place in this list */
    static PathTree of(List<List<String>> paths) {
        PathTree root = new PathTree();
        for (int i = 0; i < paths.size(); i++) {
            PathTree node = root;
            for (String key : paths.get(i)) {
                node = node.grow(key);
            }
            node.targets.add(i);
        }
        return root;
    }

    private PathTree grow(String key) {
        PathTree known = members.get(key);
        if (known != null) {
            return known;
        }
        PathTree below = new PathTree();
        members.put(key, below);
        arrayIndex(key).ifPresent(index -> {
            elements.add(new Element(index, below));
            countsFromEnd |= index < 0;
        });
        return below;
    }

    /**
     * What {@code strtol} makes of a key: leading blanks, a sign and leading zeros are fine, anything else is no index.
     */
    private static OptionalInt arrayIndex(String key) {
        String number = key.replaceFirst("^[ \\t\\n\\x0B\\f\\r]+", "");
        if (!number.matches("[+-]?[0-9]+")) {
            return OptionalInt.empty();
        }
        try {
            int index = Integer.parseInt(number);
            return index == Integer.MIN_VALUE ? OptionalInt.empty() : OptionalInt.of(index);
        } catch (NumberFormatException tooLarge) {
            return OptionalInt.empty();
        }
    }

    /** The paths that end here. */
    List<Integer> targets() {
        return targets;
    }

    /** True if no path goes deeper. */
    boolean isLeaf() {
        return members.isEmpty();
    }

    /** True if the length of an array must be known before its elements can be found. */
    boolean countsFromEnd() {
        return countsFromEnd;
    }

    /** The paths that go through an element counted from the end of an array here. */
    List<Integer> targetsFromEnd() {
        List<Integer> all = new ArrayList<>();
        elements.stream().filter(element -> element.index < 0).forEach(element -> element.below.collect(all));
        return all;
    }

    private void collect(List<Integer> all) {
        all.addAll(targets);
        members.values().forEach(below -> below.collect(all));
    }

    /** What lies below an object's member. */
    @Nullable
    PathTree member(String name) {
        return members.get(name);
    }

    /** What lies below an array's element; several where keys differ in writing only: {@code 1} and {@code 01}. */
    List<PathTree> element(int place, int length) {
        List<PathTree> below = List.of();
        for (Element element : elements) {
            int wanted = element.index < 0 ? element.index + length : element.index;
            if (wanted == place) {
                below = below.isEmpty() ? List.of(element.below) : joined(below, element.below);
            }
        }
        return below;
    }

    private static List<PathTree> joined(List<PathTree> some, PathTree more) {
        List<PathTree> all = new ArrayList<>(some);
        all.add(more);
        return all;
    }
}
