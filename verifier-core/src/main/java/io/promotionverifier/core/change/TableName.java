package io.promotionverifier.core.change;

/**
 * The name of a table as the catalog holds it: never quoted, never folded.
 *
 * @param schema the schema's name
 * @param name the table's name; for a partitioned table the root's
 */
public record TableName(String schema, String name) implements Comparable<TableName> {
    @Override
    public int compareTo(TableName other) {
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : name.compareTo(other.name);
    }

    /** The form that people and events read: {@code public.nexus_cases}. Ambiguous for names with dots; not for SQL. */
    @Override
    public String toString() {
        return schema + "." + name;
    }
}
