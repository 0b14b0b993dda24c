package io.promotionverifier.postgres.catalog;

import java.util.List;
import java.util.Optional;

/**
 * A column of a table.
 *
 * @param name its literal name
 * @param number its {@code attnum}: stable for the life of the column
 * @param type its type
 * @param generation whether the server computes it
 * @param inIdentity true if the replica identity of the table itself holds it
 */
public record ColumnDescription(String name, int number, Type type, Generation generation, boolean inIdentity) {
    /** Whether the server computes a column. */
    public enum Generation {
        NONE,
        STORED,
        VIRTUAL
    }

    /** Which letters have a lower case in a database, by its locale. */
    public enum Letters {
        ASCII,
        ALL,
        /** A language with rules of its own, or an encoding other than UTF-8. */
        UNKNOWN
    }

    /**
     * A column's type as the catalog holds it.
     *
     * @param oid the type's OID
     * @param modifier {@code atttypmod}; -1 for none
     * @param schema the type's schema
     * @param name {@code typname}
     * @param sqlName what {@code format_type} prints, with the schema where it is not pg_catalog
     * @param castName the same without modifier: what to cast to where nothing may be rounded or cut
     * @param form {@code typtype}: b base, c composite, d domain, e enum, p pseudo, r range, m multirange
     * @param deterministic false if the column's collation calls texts of different bytes equal
     * @param labels an enum's labels in order; empty for other types
     * @param inner the type that a domain constrains or an array holds; absent for other types
     * @param validated false for a domain with a constraint that older values may violate
     * @param letters which letters {@code lower()} knows in this database
     */
    public record Type(
            long oid,
            int modifier,
            String schema,
            String name,
            String sqlName,
            String castName,
            char form,
            boolean deterministic,
            List<String> labels,
            Optional<Type> inner,
            boolean validated,
            Letters letters) {
        public Type {
            labels = List.copyOf(labels);
        }

        /** True for the server's own type of this name. */
        public boolean is(String builtIn) {
            return schema.equals("pg_catalog") && name.equals(builtIn);
        }

        /** True for a domain. */
        public boolean isDomain() {
            return form == 'd';
        }
    }
}
