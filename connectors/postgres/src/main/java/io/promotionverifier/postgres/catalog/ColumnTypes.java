package io.promotionverifier.postgres.catalog;

import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.ColumnType.Kind;
import io.promotionverifier.core.promotion.IntervalFields;
import io.promotionverifier.postgres.decode.KeyForm;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** From the catalog's types to those that the comparator and the row key know. */
final class ColumnTypes {
    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("text", Kind.TEXT),
            Map.entry("bool", Kind.BOOLEAN),
            Map.entry("int2", Kind.SMALLINT),
            Map.entry("int4", Kind.INTEGER),
            Map.entry("int8", Kind.BIGINT),
            Map.entry("numeric", Kind.NUMERIC),
            Map.entry("uuid", Kind.UUID),
            Map.entry("date", Kind.DATE),
            Map.entry("time", Kind.TIME),
            Map.entry("timetz", Kind.TIMETZ),
            Map.entry("timestamp", Kind.TIMESTAMP),
            Map.entry("timestamptz", Kind.TIMESTAMPTZ),
            Map.entry("interval", Kind.INTERVAL));

    /** Types whose modifier is their precision. */
    private static final Set<Kind> PRECISE = EnumSet.of(Kind.TIME, Kind.TIMETZ, Kind.TIMESTAMP, Kind.TIMESTAMPTZ);

    /** An interval's modifier for all digits of a second that there are. */
    private static final int FULL_PRECISION = 0xFFFF;

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
            Map.entry("timestamptz", "timestamp with time zone"));

    private static final Map<String, KeyForm> KEY_FORMS = Map.ofEntries(
            Map.entry("int2", KeyForm.NUMBER),
            Map.entry("int4", KeyForm.NUMBER),
            Map.entry("int8", KeyForm.NUMBER),
            Map.entry("numeric", KeyForm.NUMBER),
            Map.entry("bool", KeyForm.BOOLEAN),
            Map.entry("text", KeyForm.TEXT),
            Map.entry("varchar", KeyForm.TEXT),
            Map.entry("bpchar", KeyForm.TEXT),
            Map.entry("name", KeyForm.TEXT),
            Map.entry("uuid", KeyForm.UUID),
            Map.entry("date", KeyForm.DATE),
            Map.entry("timestamp", KeyForm.TIMESTAMP),
            Map.entry("timestamptz", KeyForm.TIMESTAMPTZ));

    private ColumnTypes() {}

    /** The comparator's type; absent for one that follows in a later version. */
    static Optional<ColumnType> of(ColumnDescription.Type type) {
        if (type.form() == 'e') {
            return Optional.of(ColumnType.enumeration(type.sqlName(), type.labels()));
        }
        Kind kind = type.schema().equals("pg_catalog") ? KINDS.get(type.name()) : null;
        if (kind == null || (kind == Kind.TEXT && !type.deterministic())) {
            return Optional.empty();
        }
        if (kind == Kind.NUMERIC && type.modifier() >= 0) {
            return Optional.of(numeric(type));
        }
        if (PRECISE.contains(kind) && type.modifier() >= 0) {
            return Optional.of(ColumnType.precise(kind, type.sqlName(), type.modifier()));
        }
        if (kind == Kind.INTERVAL && type.modifier() >= 0) {
            return interval(type);
        }
        return Optional.of(ColumnType.of(kind, type.sqlName()));
    }

    /** The modifier packs precision and an 11-bit signed scale; see {@code numeric_typmod_scale} in numeric.c. */
    private static ColumnType numeric(ColumnDescription.Type type) {
        int packed = type.modifier() - 4;
        int precision = packed >> 16 & 0xFFFF;
        int scale = ((packed & 0x7FF) ^ 1024) - 1024;
        return new ColumnType(
                Kind.NUMERIC, type.sqlName(), OptionalInt.of(precision), OptionalInt.of(scale), List.of());
    }

    /** The modifier packs the fields as bits and a precision; see {@code INTERVAL_TYPMOD} in timestamp.h. */
    private static Optional<ColumnType> interval(ColumnDescription.Type type) {
        int precision = type.modifier() & 0xFFFF;
        OptionalInt digits = precision == FULL_PRECISION ? OptionalInt.empty() : OptionalInt.of(precision);
        return IntervalFields.ofCode(type.modifier() >> 16 & 0x7FFF)
                .map(fields -> ColumnType.interval(type.sqlName(), fields, digits));
    }

    /** The form of a key column in JSON; absent for one that follows in a later version. */
    static Optional<KeyForm> keyForm(ColumnDescription.Type type) {
        if (type.form() == 'e') {
            return Optional.of(KeyForm.TEXT);
        }
        return type.schema().equals("pg_catalog") ? Optional.ofNullable(KEY_FORMS.get(type.name())) : Optional.empty();
    }

    /**
     * True if what the configuration states is this type, by any of its usual names, a modifier only if it is given.
     */
    static boolean states(String declared, ColumnDescription.Type type) {
        String asked = modifierLast(plain(declared));
        int modifier = asked.indexOf('(');
        String base = modifier < 0 ? asked : asked.substring(0, modifier).strip();
        String wanted = ALIASES.getOrDefault(base, base) + (modifier < 0 ? "" : asked.substring(modifier));
        String held = modifierLast(plain(type.sqlName()));
        return wanted.equals(held)
                || (modifier < 0 && wanted.equals(held.replaceAll("\\(.*?\\)", "")))
                || asked.equals(plain(type.name()));
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
