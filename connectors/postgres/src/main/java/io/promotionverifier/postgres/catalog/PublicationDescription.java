package io.promotionverifier.postgres.catalog;

import io.promotionverifier.core.change.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A publication as the catalog holds it.
 *
 * @param name its name
 * @param oid its OID
 * @param xmin the transaction that last changed its catalog row
 * @param owner the owning role
 * @param owned true if our role is a member of the owning role
 * @param allTables FOR ALL TABLES
 * @param schemas FOR TABLES IN SCHEMA (PostgreSQL 15 and newer)
 * @param options what it publishes
 * @param tables the tables named one by one
 */
public record PublicationDescription(
        String name,
        long oid,
        String xmin,
        String owner,
        boolean owned,
        boolean allTables,
        List<String> schemas,
        Options options,
        List<Member> tables) {
    public PublicationDescription {
        schemas = List.copyOf(schemas);
        tables = List.copyOf(tables);
    }

    /** The entry of a table. */
    public Optional<Member> member(long relation) {
        return tables.stream().filter(member -> member.relation() == relation).findFirst();
    }

    /**
     * What a publication publishes.
     *
     * @param insert INSERT
     * @param update UPDATE
     * @param delete DELETE
     * @param truncate TRUNCATE
     * @param viaRoot changes of partitions carry the root's name
     * @param generatedStored stored generated columns are published (PostgreSQL 18)
     */
    public record Options(
            boolean insert,
            boolean update,
            boolean delete,
            boolean truncate,
            boolean viaRoot,
            boolean generatedStored) {
        /** The kinds of change that it leaves out. */
        public List<String> unpublished() {
            Map<String, Boolean> published = new LinkedHashMap<>();
            published.put("insert", insert);
            published.put("update", update);
            published.put("delete", delete);
            published.put("truncate", truncate);
            return published.entrySet().stream()
                    .filter(kind -> !kind.getValue())
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    /**
     * A table in a publication.
     *
     * @param oid the entry's own OID: another one after the table was dropped from the publication and added again
     * @param xmin the transaction that last changed the entry
     * @param relation the table's OID
     * @param table the table's name
     * @param filtered true if a WHERE clause leaves rows out
     * @param columns the column list; absent for all columns
     */
    public record Member(
            long oid, String xmin, long relation, TableName table, boolean filtered, Optional<List<String>> columns) {}
}
