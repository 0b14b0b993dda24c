package io.promotionverifier.core.promotion;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The type of a promoted column, as the catalog tells it.
 *
 * @param kind which input rules apply
 * @param sqlName the type as {@code format_type} prints it: {@code numeric(10,2)}, {@code public.mood}
 * @param precision the declared precision of a numeric, a time, a timestamp or an interval, the length of a varchar or
 *     a char; absent without typmod
 * @param scale the declared scale of a numeric, the code of an interval's {@link IntervalFields}; absent without typmod
 * @param labels the labels of an enum in their order; empty for other kinds
 * @param element the type of an array's elements; absent for other kinds
 * @param domain true if the column's type is a domain: the kind and the rest are those of its base type
 */
public record ColumnType(
        Kind kind,
        String sqlName,
        OptionalInt precision,
        OptionalInt scale,
        List<String> labels,
        Optional<ColumnType> element,
        boolean domain) {

    /** The families of types whose input rules the comparator knows. */
    public enum Kind {
        TEXT,
        VARCHAR,
        CHAR,
        /** {@code citext} in a database that knows the case of all letters. */
        CITEXT,
        /** {@code citext} in a database whose locale is C: it knows the case of ASCII letters only. */
        CITEXT_ASCII,
        BOOLEAN,
        SMALLINT,
        INTEGER,
        BIGINT,
        NUMERIC,
        REAL,
        DOUBLE_PRECISION,
        UUID,
        DATE,
        TIME,
        TIMETZ,
        TIMESTAMP,
        TIMESTAMPTZ,
        INTERVAL,
        ENUM,
        JSONB,
        /** An array of any of the others. */
        ARRAY
    }

    /** @throws IllegalArgumentException if an array has no element type, or another kind has one */
    public ColumnType {
        labels = List.copyOf(labels);
        if ((kind == Kind.ARRAY) != element.isPresent()) {
            throw new IllegalArgumentException(sqlName + ": arrays, and nothing else, have an element type");
        }
    }

    /** A type that is no array. */
    public ColumnType(Kind kind, String sqlName, OptionalInt precision, OptionalInt scale, List<String> labels) {
        this(kind, sqlName, precision, scale, labels, Optional.empty(), false);
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

    /** A varchar or char of so many characters. */
    public static ColumnType characters(Kind kind, String sqlName, int length) {
        return new ColumnType(kind, sqlName, OptionalInt.of(length), OptionalInt.empty(), List.of());
    }

    /** An array. */
    public static ColumnType array(String sqlName, ColumnType element) {
        return new ColumnType(
                Kind.ARRAY, sqlName, OptionalInt.empty(), OptionalInt.empty(), List.of(), Optional.of(element), false);
    }

    /** A domain over this type. */
    public ColumnType asDomain(String domainName) {
        return new ColumnType(kind, domainName, precision, scale, labels, element, true);
    }

    /** An enum with its labels in catalog order. */
    public static ColumnType enumeration(String sqlName, List<String> labels) {
        return new ColumnType(Kind.ENUM, sqlName, OptionalInt.empty(), OptionalInt.empty(), labels);
    }
}
