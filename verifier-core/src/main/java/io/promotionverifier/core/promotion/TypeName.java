package io.promotionverifier.core.promotion;

import java.util.Locale;
import java.util.Map;

/**
 * The names under which people know a type.
 *
 * @see <a href="https://www.postgresql.org/docs/current/datatype.html">PostgreSQL's aliases</a>
 */
public final class TypeName {
    private static final String ARRAY = "[]";

    /** The fields of an interval are a modifier too. */
    private static final String INTERVAL = "interval";

    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("bool", "boolean"),
            Map.entry("int2", "smallint"),
            Map.entry("int", "integer"),
            Map.entry("int4", "integer"),
            Map.entry("int8", "bigint"),
            Map.entry("decimal", "numeric"),
            Map.entry("dec", "numeric"),
            Map.entry("time", "time without time zone"),
            Map.entry("timetz", "time with time zone"),
            Map.entry("timestamp", "timestamp without time zone"),
            Map.entry("varchar", "character varying"),
            Map.entry("char", "character"),
            Map.entry("bpchar", "character"),
            Map.entry("float4", "real"),
            Map.entry("float8", "double precision"),
            Map.entry("float", "double precision"),
            Map.entry("timestamptz", "timestamp with time zone"));

    private TypeName() {}

    /**
     * True if what somebody wrote is the type, by any of its usual names; a modifier and a schema need not be given.
     *
     * @param written what was written
     * @param sqlName the type as {@code format_type} prints it
     */
    public static boolean isOf(String written, String sqlName) {
        String asked = plain(written);
        String held = plain(sqlName);
        if (asked.endsWith(ARRAY) || held.endsWith(ARRAY)) {
            return asked.endsWith(ARRAY) && held.endsWith(ARRAY) && isOf(element(asked), element(held));
        }
        String wanted = byItsOwnName(modifierLast(asked));
        String own = modifierLast(held);
        String bare = own.replaceAll("\\(.*?\\)", "");
        return wanted.equals(own)
                || wanted.equals(bare)
                || wanted.equals(bare.substring(bare.lastIndexOf('.') + 1))
                || (wanted.equals(INTERVAL) && bare.startsWith(INTERVAL + " "));
    }

    private static String element(String array) {
        return array.substring(0, array.length() - ARRAY.length());
    }

    private static String byItsOwnName(String asked) {
        int modifier = asked.indexOf('(');
        String base = modifier < 0 ? asked : asked.substring(0, modifier).strip();
        return ALIASES.getOrDefault(base, base) + (modifier < 0 ? "" : asked.substring(modifier));
    }

    /** {@code timestamp without time zone(3)} for {@code timestamp(3) without time zone}. */
    private static String modifierLast(String type) {
        return type.replaceFirst("^(.*?)(\\(.*?\\))(.+)$", "$1 $3$2");
    }

    private static String plain(String type) {
        return type.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\s+", " ")
                .replaceAll("\\s*([(),])\\s*", "$1")
                .replace("\"", "");
    }
}
