package io.promotionverifier.postgres.preflight.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A NULL in the list of an IN, as {@code pg_get_constraintdef} prints it: {@code = ANY (ARRAY['a'::text, NULL::text])}.
 */
final class NullInList {
    private static final Pattern LITERAL = Pattern.compile("E?'(?:[^'\\\\]|''|\\\\.)*'|\"(?:[^\"]|\"\")*\"");
    private static final String NULL = "NULL::[^,\\[\\]]+(?:\\[\\])?";
    private static final Pattern IN_LIST = Pattern.compile("ARRAY\\[[^\\[\\]]*" + NULL);
    private static final Pattern BEHIND = Pattern.compile(", " + NULL);
    private static final Pattern BEFORE = Pattern.compile("(?<=ARRAY\\[)" + NULL + ", ");

    private NullInList() {}

    /** True if a list holds a NULL; what literals and quoted names say does not count. */
    static boolean isIn(String definition) {
        return IN_LIST.matcher(masked(definition)).find();
    }

    /** The definition without the NULLs of its lists. */
    static String without(String definition) {
        return cut(cut(definition, BEHIND), BEFORE);
    }

    /** Literals and quoted names are blanked out for the search, at their full length. */
    private static String masked(String definition) {
        return LITERAL.matcher(definition)
                .replaceAll(found -> "_".repeat(found.group().length()));
    }

    private static String cut(String definition, Pattern what) {
        Matcher found = what.matcher(masked(definition));
        StringBuilder rest = new StringBuilder();
        int from = 0;
        while (found.find()) {
            rest.append(definition, from, found.start());
            from = found.end();
        }
        return rest.append(definition.substring(from)).toString();
    }
}
