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
    static final String DDL = "CREATE TYPE level AS ENUM ('low', 'high', 'very high', '\u00e9', 'it''s')";

    private static final Optional<ZoneId> UTC = Optional.of(ZoneOffset.UTC);

    /** The types of a server of this major version. */
    static List<OracleType> on(int major) {
        List<OracleType> types = new ArrayList<>();
        for (String name : List.of("text", "boolean", "smallint", "integer", "bigint", "uuid", "level")) {
            types.add(new OracleType(name, UTC, Set.of()));
        }
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

    @Override
    public String toString() {
        return sqlType;
    }
}
