package io.promotionverifier.core.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An object or array that is being written. An object's members are put in order when it ends, if they are in none. */
final class Container {
    /** As jsonb keeps keys: by length in bytes, then byte by byte. Its own texts need no arranging then. */
    private static final Comparator<String> JSONB_ORDER =
            Comparator.comparingLong(Container::bytes).thenComparing(Container::compareCodePoints);

    private final boolean object;
    private final List<Member> members = new ArrayList<>();
    private boolean empty = true;
    private boolean inOrder = true;

    /** Where a member's text begins; it ends before the comma of the next one. */
    private record Member(String key, int start) {}

    Container(boolean object) {
        this.object = object;
    }

    boolean isObject() {
        return object;
    }

    /** Writes the comma between two elements. */
    void separate(StringBuilder out) {
        if (!empty) {
            out.append(',');
        }
        empty = false;
    }

    void begin(String key, int start) {
        inOrder &= members.isEmpty() || JSONB_ORDER.compare(members.get(members.size() - 1).key, key) < 0;
        members.add(new Member(key, start));
    }

    /** Puts the members at the end of the text in order, of a repeated key the last one; tells what it moved. */
    long arrange(StringBuilder out) {
        if (inOrder) {
            return 0;
        }
        Map<String, String> sorted = new TreeMap<>(JSONB_ORDER);
        for (int i = 0; i < members.size(); i++) {
            int end = i + 1 < members.size() ? members.get(i + 1).start - 1 : out.length();
            sorted.put(members.get(i).key, out.substring(members.get(i).start, end));
        }
        int start = members.get(0).start;
        int length = out.length() - start;
        out.setLength(start);
        out.append(String.join(",", sorted.values()));
        return length;
    }

    private static long bytes(String key) {
        long bytes = 0;
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }

    /**
     * UTF-8 orders by code point, {@code String.compareTo} does not. For texts of as many bytes: none begins another.
     */
    private static int compareCodePoints(String a, String b) {
        for (int i = 0; i < a.length(); i += Character.charCount(a.codePointAt(i))) {
            if (a.codePointAt(i) != b.codePointAt(i)) {
                return Integer.compare(a.codePointAt(i), b.codePointAt(i));
            }
        }
        return 0;
    }
}
