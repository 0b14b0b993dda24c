package io.promotionverifier.core.promotion;

import java.util.List;
import java.util.OptionalInt;

/**
 * The type of a promoted column, as the catalog tells it.
 *
 * @param kind which input rules apply
 * @param sqlName the type as {@code format_type} prints it: {@code numeric(10,2)}, {@code public.mood}
 * @param precision the declared precision of a numeric, a time, a timestamp or an interval; absent without typmod
 * @param scale the declared scale of a numeric, the code of an interval's {@link IntervalFields}; absent without typmod
 * @param labels the labels of an enum in their order; empty for other kinds
 */
public record ColumnType(Kind kind, String sqlName, OptionalInt precision, OptionalInt scale, List<String> labels) {

    /** The families of types whose input rules the comparator knows. */
    public enum Kind {
        TEXT,
        BOOLEAN,
        SMALLINT,
        INTEGER,
        BIGINT,
        NUMERIC,
        UUID,
        DATE,
        TIME,
        TIMETZ,
        TIMESTAMP,
        TIMESTAMPTZ,
        INTERVAL,
        ENUM
    }

    public ColumnType {
        labels = List.copyOf(labels);
    }

    /** A type without modifier and labels. */
    public static ColumnType of(Kind kind, String sqlName) {
        return new ColumnType(kind, sqlName, OptionalInt.empty(), OptionalInt.empty(), List.of());
    }

    /** {@code numeric(precision, scale)}. */
    public static ColumnType numeric(int precision, int scale) {
        return new ColumnType(
                Kind.NUMERIC,
                "numeric(" + precision + "," + scale + ")",
                OptionalInt.of(precision),
                OptionalInt.of(scale),
                List.of());
    }

    /** A type with a declared precision: {@code time(3)}. */
    public static ColumnType precise(Kind kind, String sqlName, int precision) {
        return new ColumnType(kind, sqlName, OptionalInt.of(precision), OptionalInt.empty(), List.of());
    }

    /** An interval that is cut to some fields, with a precision or none. */
    public static ColumnType interval(String sqlName, IntervalFields fields, OptionalInt precision) {
        return new ColumnType(Kind.INTERVAL, sqlName, precision, OptionalInt.of(fields.code()), List.of());
    }

    /** An enum with its labels in catalog order. */
    public static ColumnType enumeration(String sqlName, List<String> labels) {
        return new ColumnType(Kind.ENUM, sqlName, OptionalInt.empty(), OptionalInt.empty(), labels);
    }
}
