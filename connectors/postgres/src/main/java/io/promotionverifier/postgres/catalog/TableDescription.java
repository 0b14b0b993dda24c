package io.promotionverifier.postgres.catalog;

import io.promotionverifier.core.change.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A relation as the catalog describes it: also one that cannot be captured, so that every reason can be told at once.
 *
 * @param name its name
 * @param relation identity and storage
 * @param columns its columns in order, dropped ones left out
 * @param key its primary key's columns in order; empty without primary key
 * @param partitions the leaf partitions below it; empty for other tables
 * @param attached the OIDs of the relations below it that were made partitions after they had been tables
 * @param foreignKeys its foreign keys of one column
 */
public record TableDescription(
        TableName name,
        Relation relation,
        List<ColumnDescription> columns,
        List<KeyColumn> key,
        List<Partition> partitions,
        List<String> attached,
        List<ForeignKey> foreignKeys) {
    public TableDescription {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        partitions = List.copyOf(partitions);
        attached = List.copyOf(attached);
        foreignKeys = List.copyOf(foreignKeys);
    }

    /** The column of this literal name. */
    public Optional<ColumnDescription> column(String literal) {
        return columns.stream().filter(column -> column.name().equals(literal)).findFirst();
    }

    /** The column of this {@code attnum}. */
    public Optional<ColumnDescription> column(int number) {
        return columns.stream().filter(column -> column.number() == number).findFirst();
    }

    /** The names of the columns that the server computes in this way. */
    public List<String> generated(ColumnDescription.Generation generation) {
        return columns.stream()
                .filter(column -> column.generation() == generation)
                .map(ColumnDescription::name)
                .collect(Collectors.toList());
    }

    /** What a relation is. */
    public enum Kind {
        TABLE,
        /** A partitioned table: the root, or a branch when {@code root} is present. */
        PARTITIONED,
        VIEW,
        MATERIALIZED_VIEW,
        FOREIGN_TABLE,
        /** An index, a sequence, a composite type. */
        OTHER;

        static Kind of(String relkind) {
            return switch (relkind) {
                case "r" -> TABLE;
                case "p" -> PARTITIONED;
                case "v" -> VIEW;
                case "m" -> MATERIALIZED_VIEW;
                case "f" -> FOREIGN_TABLE;
                default -> OTHER;
            };
        }
    }

    /**
     * Identity and storage of a relation.
     *
     * @param oid its OID
     * @param xmin the transaction that last changed its catalog row
     * @param fileNode {@code relfilenode}: another one after a rewrite of the table; 0 for a partitioned table
     * @param kind what it is
     * @param logged false for unlogged and temporary tables: their changes never reach the log
     * @param identity its replica identity
     * @param keyDeferrable true if the primary key is deferrable: it cannot serve as replica identity then
     * @param root the partitioned table it belongs to, if it is a partition
     * @param inherited true if ordinary tables inherit from it: their rows show in it, under their own names
     * @param owner the owning role
     * @param rights what our role may do with it
     */
    public record Relation(
            long oid,
            String xmin,
            long fileNode,
            Kind kind,
            boolean logged,
            ReplicaIdentity identity,
            boolean keyDeferrable,
            Optional<TableName> root,
            boolean inherited,
            String owner,
            Rights rights) {}

    /**
     * What our role may do with a table.
     *
     * @param usage USAGE on its schema
     * @param select SELECT on every column
     * @param owned membership of the owning role
     */
    public record Rights(boolean usage, boolean select, boolean owned) {}

    /**
     * A leaf partition: it has a replica identity of its own, which ALTER TABLE on the root does not change.
     *
     * @param name its name
     * @param identity its replica identity
     * @param logged false for an unlogged partition
     */
    public record Partition(TableName name, ReplicaIdentity identity, boolean logged) {}
}
