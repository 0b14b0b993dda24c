package io.promotionverifier.postgres.catalog;

import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.ColumnType.Kind;
import io.promotionverifier.core.promotion.IntervalFields;
import io.promotionverifier.core.promotion.TypeName;
import io.promotionverifier.postgres.decode.BuiltInTypes;
import io.promotionverifier.postgres.decode.KeyForm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** From the catalog's types to those that the comparator and the row key know. */
final class ColumnTypes {
    /** Kinds whose equality a non-deterministic collation changes. */
    private static final Set<Kind> COLLATED = Set.of(Kind.TEXT, Kind.VARCHAR, Kind.CHAR);

    /** An interval's modifier for all digits of a second that there are. */
    private static final int FULL_PRECISION = 0xFFFF;

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

    /** What type modifiers of variable length count besides their own. */
    private static final int HEADER_BYTES = 4;

    private ColumnTypes() {}

    /** The comparator's type; absent for one that it does not compare: see {@link #refusal}. */
    static Optional<ColumnType> of(ColumnDescription.Type type) {
        if (type.inner().isPresent()) {
            ColumnDescription.Type inner = type.inner().get();
            return type.isDomain() ? domain(type, inner) : array(type, inner);
        }
        if (type.form() == 'e') {
            return Optional.of(ColumnType.enumeration(type.sqlName(), type.labels()));
        }
        if (isCitext(type)) {
            return citext(type);
        }
        return BuiltInTypes.kind(type.name())
                .filter(kind -> type.schema().equals("pg_catalog"))
                .filter(kind -> type.deterministic() || !COLLATED.contains(kind))
                .flatMap(kind -> builtIn(kind, type));
    }

    private static Optional<ColumnType> builtIn(Kind kind, ColumnDescription.Type type) {
        if (type.modifier() < 0) {
            return Optional.of(ColumnType.of(kind, type.sqlName()));
        }
        return switch (kind) {
            case NUMERIC -> Optional.of(numeric(type));
            case VARCHAR, CHAR ->
                Optional.of(ColumnType.characters(kind, type.sqlName(), type.modifier() - HEADER_BYTES));
            case INTERVAL -> interval(type);
            default -> Optional.of(ColumnType.precise(kind, type.sqlName(), type.modifier()));
        };
    }

    private static Optional<ColumnType> domain(ColumnDescription.Type type, ColumnDescription.Type base) {
        return type.validated() && base.form() != 'e'
                ? of(base).map(known -> known.asDomain(type.sqlName()))
                : Optional.empty();
    }

    /** The input function of a domain over varchar(n) refuses what the cast cuts: only inside of arrays. */
    private static Optional<ColumnType> array(ColumnDescription.Type type, ColumnDescription.Type element) {
        return of(element)
                .filter(known -> known.kind() != Kind.ARRAY)
                .filter(known -> !isLimitedDomain(known))
                .map(known -> ColumnType.array(type.sqlName(), known));
    }

    private static boolean isLimitedDomain(ColumnType type) {
        return type.domain()
                && COLLATED.contains(type.kind())
                && type.precision().isPresent();
    }

    private static boolean isCitext(ColumnDescription.Type type) {
        return type.form() == 'b' && type.name().equals("citext");
    }

    private static Optional<ColumnType> citext(ColumnDescription.Type type) {
        return switch (type.letters()) {
            case ASCII -> Optional.of(ColumnType.of(Kind.CITEXT_ASCII, type.sqlName()));
            case ALL -> Optional.of(ColumnType.of(Kind.CITEXT, type.sqlName()));
            case UNKNOWN -> Optional.empty();
        };
    }

    /** Why the comparator has no type for this one. */
    static String refusal(ColumnDescription.Type type) {
        if (type.isDomain() && !type.validated()) {
            return "is a domain with a constraint that was never validated: older values may violate it, and whether"
                    + " one does only the server can tell; ALTER DOMAIN … VALIDATE CONSTRAINT";
        }
        if (type.isDomain() && type.inner().filter(base -> base.form() == 'e').isPresent()) {
            return "is a domain over an enum: the capture engine stops at such a type, in whatever table it is used";
        }
        if (type.inner().isPresent() && of(type.inner().get()).isEmpty()) {
            String over = type.isDomain() ? "is a domain over " : "is an array of ";
            return over + type.inner().get().sqlName() + ", which "
                    + refusal(type.inner().get());
        }
        if (type.inner().isPresent()) {
            return "is an array of a domain over an array or over a text of limited length: their input rules inside of"
                    + " arrays differ from those outside";
        }
        if (isCitext(type)) {
            return "compares by the lower case of a language or encoding with rules of its own, which only the server"
                    + " knows";
        }
        if (!type.deterministic() && BuiltInTypes.isKnown(type.name())) {
            return "has a non-deterministic collation: texts of different bytes may be equal, which only the server can"
                    + " tell";
        }
        return type.is("json")
                ? "has no equality in PostgreSQL: make it jsonb"
                : "is none of the types whose input rules are proven against PostgreSQL";
    }

    /**
     * True if a whole column's text is read by a type's input rules: it is a text, or of that type. Casts between other
     * types have rules of their own.
     */
    static boolean isTextOf(ColumnDescription.Type from, ColumnDescription.Type to) {
        boolean isText = from.is("text") || from.is("varchar") || from.is("bpchar");
        return isText || from.castName().equals(to.castName());
    }

    /** The modifier packs precision and an 11-bit signed scale; see {@code numeric_typmod_scale} in numeric.c. */
    private static ColumnType numeric(ColumnDescription.Type type) {
        int packed = type.modifier() - HEADER_BYTES;
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
     * True if what the configuration states is this type, by any of its usual names, a modifier only if it is given; of
     * a domain also the type that it constrains.
     */
    static boolean states(String declared, ColumnDescription.Type type) {
        return TypeName.isOf(declared, type.sqlName())
                || (type.isDomain()
                        && type.inner().filter(base -> states(declared, base)).isPresent());
    }
}
