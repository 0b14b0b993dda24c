package io.promotionverifier.postgres.catalog;

import io.promotionverifier.postgres.access.Row;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.catalog.ColumnDescription.Letters;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The types of some tables' columns, with what their domains constrain and their arrays hold. Immutable. */
final class CatalogTypes {
    private final Map<Long, Entry> entries;
    private final Letters letters;

    private CatalogTypes(Map<Long, Entry> entries, Letters letters) {
        this.entries = entries;
        this.letters = letters;
    }

    /** A row of {@code pg_type}; the modifier only where the type is a domain. */
    private record Entry(
            long oid,
            String schema,
            String name,
            char form,
            String castName,
            boolean validated,
            List<String> labels,
            OptionalLong inner,
            int innerModifier,
            String innerName) {}

    static CatalogTypes read(Session session, List<Long> relations) {
        List<Entry> entries = session.list("read the types", CatalogSql.TYPES, CatalogTypes::entry, relations);
        Letters letters = session.one(
                "read the locale of the database", CatalogSql.LETTERS, row -> Letters.valueOf(row.text("letters")));
        return new CatalogTypes(
                entries.stream().collect(Collectors.toUnmodifiableMap(Entry::oid, Function.identity())), letters);
    }

    private static Entry entry(Row row) throws SQLException {
        Optional<String> inner = row.maybe("inner_oid");
        Optional<String> modifier = row.maybe("inner_modifier");
        return new Entry(
                row.number("oid"),
                row.text("type_schema"),
                row.text("typname"),
                row.text("typtype").charAt(0),
                row.text("cast_name"),
                row.flag("validated"),
                row.texts("labels"),
                inner.isPresent() ? OptionalLong.of(Long.parseLong(inner.get())) : OptionalLong.empty(),
                modifier.map(Integer::parseInt).orElse(-1),
                row.maybe("inner_name").orElse(""));
    }

    /** A column's type; the modifier of an array is that of its elements. */
    ColumnDescription.Type type(long oid, int modifier, String sqlName, boolean deterministic) {
        Entry entry = entries.get(oid);
        if (entry == null) {
            throw new IllegalStateException("type " + sqlName + " appeared while the catalog was read: read it again");
        }
        Optional<ColumnDescription.Type> inner = entry.inner.isEmpty()
                ? Optional.empty()
                : Optional.of(type(
                        entry.inner.getAsLong(),
                        entry.form == 'd' ? entry.innerModifier : modifier,
                        entry.innerName,
                        deterministic));
        return new ColumnDescription.Type(
                oid,
                modifier,
                entry.schema,
                entry.name,
                sqlName,
                entry.castName,
                entry.form,
                deterministic,
                entry.labels,
                inner,
                entry.validated,
                letters);
    }
}
