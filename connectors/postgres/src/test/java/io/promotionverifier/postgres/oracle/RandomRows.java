package io.promotionverifier.postgres.oracle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rows whose documents hold, under each path, the column's value in one spelling or another, something near it, or
 * something else: null, nothing, an array, an object, a key twice. Seeded.
 */
final class RandomRows {
    /** Literal keys, odd ones, array elements from both ends, and the whole document. */
    static final List<List<String>> PATHS = List.of(
            List.of("v"),
            List.of("a.b"),
            List.of("a", "b"),
            List.of("deep", "0", "k", "\u00e9\"\\ x", "", "1"),
            List.of(""),
            List.of("l", "2"),
            List.of("l", "-1"),
            List.of());

    private static final List<String> HOSTILE = List.of(
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"x\\udc00\"",
            "1e400000",
            "1E+1000000",
            "-1e-400000",
            "1e131071",
            "\"\\ud83d\\ude00\"",
            "0e-99999");

    private static final String NULL = "NULL";

    private final Random random;
    private final List<String> pool;
    private final List<String> accepted;
    private final Set<String> json;
    private final List<String> elements;
    private List<String> inHand = List.of();
    private String written = "";

    /**
     * @param pool texts that the type accepts, nearly accepts or refuses
     * @param accepted those that it accepts
     * @param type whether the texts are JSON themselves
     * @param elements what an array of the type may hold; empty if it is none
     */
    RandomRows(Random random, List<String> pool, List<String> accepted, OracleType type, List<String> elements) {
        this.random = random;
        this.pool = pool;
        this.accepted = accepted;
        this.json = type.isJson() ? Set.copyOf(accepted) : Set.of();
        this.elements = elements;
    }

    OracleRow next() {
        String text = elements.isEmpty() || oneIn(3) ? pick(oneIn(4) ? pool : accepted) : array();
        List<String> column = oneIn(12) ? List.of() : List.of(text, pick(pool), pick(pool));
        return new OracleRow(column, document(text, false), document(text, true));
    }

    private Optional<String> document(String text, boolean json) {
        if (oneIn(25)) {
            return Optional.empty();
        }
        if (oneIn(8)) {
            return Optional.of(blank() + value(text, json) + blank());
        }
        List<String> members = new ArrayList<>();
        member(members, "v", text, json);
        member(members, "a.b", text, json);
        member(members, "", text, json);
        if (!oneIn(15)) {
            List<String> inner = new ArrayList<>();
            member(inner, "b", text, json);
            member(inner, "c", text, json);
            members.add("\"a\":" + object(inner));
        }
        if (!oneIn(15)) {
            members.add("\"deep\":[" + "{\"k\": {\"\\u00e9\\\"\\\\ x\": {\"\": [0," + value(text, json) + "]}}}, 7]");
        }
        List<String> list = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            list.add(value(text, json));
        }
        members.add("\"l\":[" + String.join(",", list) + "]");
        if (oneIn(10)) {
            member(members, pick(List.of("v", "a.b", "a", "", "deep", "l")), text, json);
        }
        Collections.shuffle(members, random);
        return Optional.of(blank() + object(members) + blank());
    }

    private String object(List<String> members) {
        return "{" + String.join("," + blank(), members) + "}";
    }

    private void member(List<String> members, String key, String text, boolean json) {
        if (!oneIn(9)) {
            members.add(blank() + string(key) + blank() + ":" + blank() + value(text, json));
        }
    }

    private String value(String text, boolean json) {
        int kind = random.nextInt(40);
        if (kind < 20) {
            return scalar(text);
        } else if (kind < 27) {
            return scalar(respelled(text));
        } else if (kind < 33) {
            return scalar(pick(random.nextBoolean() ? pool : accepted));
        }
        return switch (kind) {
            case 33 -> "null";
            case 34 -> pick(List.of("true", "false", "0", "1", "-0", "-0.0", "1.0", "1e2", "\"\"", "\"null\""));
            case 35 -> "[" + scalar(text) + "]";
            case 36 -> "{" + string(text) + ": " + scalar(text) + "}";
            case 37 -> pick(List.of("[]", "{}", "[null]", "[[]]", "[1, 2]"));
            case 38 -> json ? pick(HOSTILE) : scalar(text);
            default -> "null";
        };
    }

    /** An array in the server's notation; {@link #scalar} writes it in JSON too. */
    private String array() {
        inHand = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            inHand.add(oneIn(6) ? NULL : pick(elements));
        }
        written = inHand.stream()
                .map(element -> element.equals(NULL) ? element : quoted(element))
                .collect(Collectors.joining(",", "{", "}"));
        return written;
    }

    /** An element in quotes, as an array literal holds it. */
    static String quoted(String element) {
        return '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private String jsonArray() {
        List<String> members = new ArrayList<>();
        for (String element : inHand) {
            String other = oneIn(12) ? pick(elements) : element;
            members.add(other.equals(NULL) ? "null" : scalar(other));
        }
        return members.stream().collect(Collectors.joining("," + blank(), "[", "]"));
    }

    /** As JSON where it is JSON, as a number where it reads like one: mostly. */
    private String scalar(String text) {
        if (!elements.isEmpty() && text.equals(written) && !oneIn(4)) {
            return jsonArray();
        }
        if (json.contains(text) && !oneIn(5)) {
            return text;
        }
        boolean number = text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,4})?") && text.length() < 400;
        return number && random.nextBoolean() ? text : string(text);
    }

    private String respelled(String text) {
        return switch (random.nextInt(14)) {
            case 0 -> " " + text;
            case 1 -> text + " ";
            case 2 -> text.toUpperCase(Locale.ROOT);
            case 3 -> text.toLowerCase(Locale.ROOT);
            case 4 -> "+" + text;
            case 5 -> "0" + text;
            case 6 -> text + "0";
            case 7 -> text + ".0";
            case 8 -> "{" + text + "}";
            case 9 -> text.replace("-", "");
            case 10 -> text.replace('T', ' ');
            case 11 -> text.replace("Z", "+00");
            case 12 -> text + "Z";
            default -> text + "\n";
        };
    }

    /** A JSON string; some characters as escapes. */
    private String string(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || (!Character.isSurrogate(c) && oneIn(40))) {
                out.append(String.format(oneIn(2) ? "\\u%04x" : "\\u%04X", (int) c));
            } else if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    private String blank() {
        return oneIn(6) ? pick(List.of(" ", "\n", "\t ", "  ")) : "";
    }

    private boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
