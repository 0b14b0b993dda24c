package io.promotionverifier.postgres.decode;

import io.promotionverifier.core.promotion.ColumnType.Kind;
import java.util.Map;
import java.util.Optional;

/** The types of {@code pg_catalog} whose input rules the comparator knows, by {@code pg_type.typname}. */
public final class BuiltInTypes {
    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("text", Kind.TEXT),
            Map.entry("varchar", Kind.VARCHAR),
            Map.entry("bpchar", Kind.CHAR),
            Map.entry("bool", Kind.BOOLEAN),
            Map.entry("int2", Kind.SMALLINT),
            Map.entry("int4", Kind.INTEGER),
            Map.entry("int8", Kind.BIGINT),
            Map.entry("numeric", Kind.NUMERIC),
            Map.entry("float4", Kind.REAL),
            Map.entry("float8", Kind.DOUBLE_PRECISION),
            Map.entry("uuid", Kind.UUID),
            Map.entry("date", Kind.DATE),
            Map.entry("time", Kind.TIME),
            Map.entry("timetz", Kind.TIMETZ),
            Map.entry("timestamp", Kind.TIMESTAMP),
            Map.entry("timestamptz", Kind.TIMESTAMPTZ),
            Map.entry("interval", Kind.INTERVAL),
            Map.entry("jsonb", Kind.JSONB));

    private BuiltInTypes() {}

    /** The family of a type; absent for one that we do not compare. */
    public static Optional<Kind> kind(String typeName) {
        return Optional.ofNullable(KINDS.get(typeName));
    }

    /** True for a type that we compare. */
    public static boolean isKnown(String typeName) {
        return KINDS.containsKey(typeName);
    }
}
