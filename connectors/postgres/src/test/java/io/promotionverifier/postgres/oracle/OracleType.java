package io.promotionverifier.postgres.oracle;

import io.promotionverifier.core.compare.UnverifiableReason;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A column type that the server judges: one line in {@link #on} for each.
 *
 * @param sqlType the type as a column is declared with it
 * @param zone the configured zone of naive timestamps; the server's is UTC
 * @param excuses the reasons for which a value may stay unjudged
 */
record OracleType(String sqlType, Optional<ZoneId> zone, Set<UnverifiableReason> excuses) {
    /** What the columns need before they can be declared. */
    static final String DDL = "CREATE TYPE level AS ENUM ('low', 'high', 'very high', '\u00e9', 'it''s');"
            + " CREATE EXTENSION citext; CREATE DOMAIN amount AS numeric(5,2); CREATE DOMAIN three AS varchar(3);"
            + " CREATE DOMAIN shorter AS three; CREATE DOMAIN threes AS varchar(3)[]";

    private static final Optional<ZoneId> UTC = Optional.of(ZoneOffset.UTC);

    /** The types of a server of this major version. */
    static List<OracleType> on(int major) {
        List<OracleType> types = new ArrayList<>();
        for (String name : List.of("text", "boolean", "smallint", "integer", "bigint", "uuid", "level")) {
            types.add(new OracleType(name, UTC, Set.of()));
        }
        for (String name : List.of("varchar", "varchar(3)", "bpchar", "char(3)", "real", "double precision")) {
            types.add(new OracleType(name, UTC, Set.of()));
        }
        types.add(new OracleType("jsonb", UTC, Set.of(UnverifiableReason.LIMIT)));
        types.add(new OracleType("shorter", UTC, Set.of()));
        types.add(new OracleType("amount", UTC, Set.of(UnverifiableReason.LIMIT)));
        for (String name :
                List.of("integer[]", "text[]", "uuid[]", "char(3)[]", "numeric(5,2)[]", "real[]", "level[]")) {
            types.add(new OracleType(name, UTC, Set.of(UnverifiableReason.LIMIT)));
        }
        for (String name : List.of("jsonb[]", "threes")) {
            types.add(new OracleType(name, UTC, Set.of(UnverifiableReason.LIMIT)));
        }
        types.add(new OracleType("citext", UTC, Set.of(UnverifiableReason.VOLATILE)));
        types.add(new OracleType("timestamptz[]", UTC, Set.of(UnverifiableReason.LIMIT, UnverifiableReason.VOLATILE)));
        for (String name : List.of("numeric", "numeric(5,2)", "numeric(1000,500)")) {
            types.add(new OracleType(name, UTC, Set.of(UnverifiableReason.LIMIT)));
        }
        if (major >= 15) {
            types.add(new OracleType("numeric(3,-2)", UTC, Set.of(UnverifiableReason.LIMIT)));
            types.add(new OracleType("numeric(2,4)", UTC, Set.of(UnverifiableReason.LIMIT)));
        }
        for (String name : List.of("timestamptz", "timestamptz(3)")) {
            types.add(new OracleType(name, UTC, Set.of(UnverifiableReason.VOLATILE)));
        }
        for (String name : List.of("date", "time", "time(3)", "timetz", "timestamp", "timestamp(2)")) {
            types.add(new OracleType(name, UTC, Set.of(UnverifiableReason.VOLATILE)));
        }
        for (String name : List.of("interval", "interval(3)", "interval day to second(2)", "interval year to month")) {
            types.add(new OracleType(name, UTC, Set.of(UnverifiableReason.VOLATILE)));
        }
        for (String name : List.of("timestamptz(0)", "timetz(0)")) {
            types.add(new OracleType(name, Optional.empty(), Set.of(UnverifiableReason.VOLATILE)));
        }
        return types;
    }

    /** True for an array, or a domain over one. */
    boolean isArray() {
        return sqlType.endsWith("[]") || sqlType.equals("threes");
    }

    private Optional<String> element() {
        if (!isArray()) {
            return Optional.empty();
        }
        return Optional.of(sqlType.equals("threes") ? "varchar(3)" : sqlType.replace("[]", ""));
    }

    /** True for jsonb itself. */
    boolean isJson() {
        return sqlType.equals("jsonb");
    }

    /** A statement that makes a JSON null in the column {@code c} what it is to its readers: none (ADR 0017). */
    String absence() {
        if (isJson()) {
            return "c := nullif(c, 'null');\n";
        }
        return sqlType.equals("jsonb[]") ? "c := array_replace(c, 'null', NULL);\n" : "";
    }

    /** The text of the value under path {@code p} of document {@code d}; NULL where there is none. */
    String value() {
        return isJson() ? "nullif((d #> p)::jsonb, 'null')::text" : "d #>> p";
    }

    /**
     * Equality of that text {@code v} and the column {@code c}: as {@code v::type}, but a JSON array against an array
     * element by element.
     *
     * @param document json or jsonb
     */
    String equality(String document) {
        return element()
                        .map(element -> "CASE WHEN " + document + "_typeof(d #> p) = 'array' THEN ARRAY(SELECT "
                                + (element.equals("jsonb") ? "nullif(e::jsonb, 'null')" : "(e #>> '{}')::" + element)
                                + " FROM " + document
                                + "_array_elements(d #> p) WITH ORDINALITY AS each(e, n) ORDER BY n)::" + sqlType
                                + " ELSE "
                                + (element.equals("jsonb")
                                        ? "array_replace(v::jsonb[], 'null', NULL)"
                                        : "v::" + sqlType)
                                + " END")
                        .orElse("v::" + sqlType)
                + " IS NOT DISTINCT FROM c";
    }

    @Override
    public String toString() {
        return sqlType;
    }
}
