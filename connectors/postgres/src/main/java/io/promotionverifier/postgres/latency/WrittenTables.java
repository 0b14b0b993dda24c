package io.promotionverifier.postgres.latency;

import io.promotionverifier.core.change.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tables that a statement names as those it writes, read from its text: {@code INSERT INTO}, {@code UPDATE} and
 * {@code MERGE INTO}, also inside WITH. Immutable.
 *
 * <p>A name without schema may mean any schema. What a function, a trigger or a rule writes is not in the text.
 *
 * @param names each table that is named
 */
record WrittenTables(Set<Name> names) {
    private static final Pattern TOKEN = Pattern.compile(
            "(?<skip>--[^\\n]*|/\\*(?:[^*]|\\*(?!/))*+\\*/|\\s+)"
                    + "|(?<string>[eE]?'(?:[^'\\\\]|''|\\\\.)*+')"
                    + "|(?<quoted>\"(?:[^\"]|\"\")*+\")"
                    + "|(?<word>[\\p{L}_][\\p{L}\\p{N}_$]*)"
                    + "|(?<other>.)",
            Pattern.DOTALL);

    WrittenTables {
        names = Set.copyOf(names);
    }

    /**
     * A table as a statement names it.
     *
     * @param schema absent where the search path decides
     * @param table its name
     */
    record Name(Optional<String> schema, String table) {
        boolean mayBe(TableName name) {
            return table.equals(name.name())
                    && schema.map(name.schema()::equals).orElse(true);
        }
    }

    private record Token(String text, boolean quoted) {
        boolean is(String keyword) {
            return !quoted && text.equals(keyword);
        }
    }

    /** Reads a statement; of one that is cut off, what there is. */
    static WrittenTables of(String statement) {
        List<Token> tokens = tokens(statement);
        Set<Name> names = new HashSet<>();
        for (int i = 0; i < tokens.size(); i++) {
            target(tokens, i).flatMap(at -> name(tokens, at)).ifPresent(names::add);
        }
        return new WrittenTables(names);
    }

    boolean mayWrite(TableName table) {
        return names.stream().anyMatch(name -> name.mayBe(table));
    }

    private static List<Token> tokens(String statement) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(statement);
        while (matcher.find()) {
            if (matcher.group("word") != null) {
                tokens.add(new Token(matcher.group("word").toLowerCase(Locale.ROOT), false));
            } else if (matcher.group("quoted") != null) {
                String inner = matcher.group("quoted");
                tokens.add(new Token(inner.substring(1, inner.length() - 1).replace("\"\"", "\""), true));
            } else if (matcher.group("other") != null) {
                tokens.add(new Token(matcher.group("other"), false));
            }
        }
        return tokens;
    }

    /** Where the name of the written table stands, if a write begins at this token. */
    private static Optional<Integer> target(List<Token> tokens, int at) {
        boolean into = (tokens.get(at).is("insert") || tokens.get(at).is("merge")) && isAt(tokens, at + 1, "into");
        if (!into && !isUpdate(tokens, at)) {
            return Optional.empty();
        }
        int next = into ? at + 2 : at + 1;
        return Optional.of(isAt(tokens, next, "only") ? next + 1 : next);
    }

    /** Not {@code FOR UPDATE}, {@code FOR NO KEY UPDATE}, {@code DO UPDATE} and {@code THEN UPDATE}. */
    private static boolean isUpdate(List<Token> tokens, int at) {
        if (!tokens.get(at).is("update") || isAt(tokens, at + 1, "set")) {
            return false;
        }
        return at == 0
                || !(tokens.get(at - 1).is("for")
                        || tokens.get(at - 1).is("key")
                        || tokens.get(at - 1).is("do"));
    }

    private static boolean isAt(List<Token> tokens, int at, String keyword) {
        return at < tokens.size() && tokens.get(at).is(keyword);
    }

    private static Optional<Name> name(List<Token> tokens, int at) {
        if (at >= tokens.size()) {
            return Optional.empty();
        }
        String first = tokens.get(at).text();
        return isAt(tokens, at + 1, ".") && at + 2 < tokens.size()
                ? Optional.of(new Name(Optional.of(first), tokens.get(at + 2).text()))
                : Optional.of(new Name(Optional.empty(), first));
    }
}
