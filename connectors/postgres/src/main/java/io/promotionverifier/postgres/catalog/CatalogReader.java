package io.promotionverifier.postgres.catalog;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.postgres.access.Row;
import io.promotionverifier.postgres.access.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Describes tables, promotions and publications from the catalog. Needs no privilege on the tables themselves. Every
 * method throws {@link io.promotionverifier.postgres.access.SourceException}. Confined to the session's thread.
 */
public final class CatalogReader {
    private static final int PUBLISHES_SCHEMAS = 150000;

    private final Session session;

    public CatalogReader(Session session) {
        this.session = session;
    }

    /** Each promotion resolved, or with every reason why it cannot be; in the order of the requests. */
    public List<PromotionDescription> describe(List<RequestedPromotion> requested) {
        return resolve(requested, tables(namesOf(requested)));
    }

    /** The promoted tables and the parents they reference. */
    public static Set<TableName> namesOf(List<RequestedPromotion> requested) {
        Set<TableName> names = new LinkedHashSet<>();
        requested.forEach(promotion -> names.add(promotion.table()));
        requested.forEach(promotion -> promotion.references().ifPresent(names::add));
        return names;
    }

    /** Holds the requests against tables that were described before. Pure. */
    public static List<PromotionDescription> resolve(
            List<RequestedPromotion> requested, Map<TableName, TableDescription> tables) {
        return requested.stream()
                .map(promotion -> new PromotionResolver(tables, promotion).resolve())
                .collect(Collectors.toList());
    }

    /** The relations of these names, whatever their kind; those that do not exist are left out. */
    public Map<TableName, TableDescription> tables(Collection<TableName> names) {
        List<Named> relations = session.list(
                "read the tables from the catalog",
                CatalogSql.RELATIONS,
                CatalogReader::relation,
                names.stream().map(TableName::schema).collect(Collectors.toList()),
                names.stream().map(TableName::name).collect(Collectors.toList()));
        List<Long> oids = relations.stream().map(named -> named.relation.oid()).collect(Collectors.toList());
        Map<Long, List<Held>> columns = columns(oids);
        Map<Long, List<TableDescription.Partition>> partitions = partitions(oids);
        Map<Long, List<String>> attached = attached(oids);
        Map<Long, List<ForeignKey>> foreignKeys = foreignKeys(oids);
        Map<TableName, TableDescription> tables = new TreeMap<>();
        for (Named named : relations) {
            long oid = named.relation.oid();
            List<Held> held = columns.getOrDefault(oid, List.of());
            tables.put(
                    named.name,
                    new TableDescription(
                            named.name,
                            named.relation,
                            held.stream().map(Held::column).collect(Collectors.toList()),
                            key(held),
                            partitions.getOrDefault(oid, List.of()),
                            attached.getOrDefault(oid, List.of()),
                            foreignKeys.getOrDefault(oid, List.of())));
        }
        return tables;
    }

    /** The publication of this name, if it exists. */
    public Optional<PublicationDescription> publication(String name) {
        return session.first("read publication " + name, CatalogSql.PUBLICATION, row -> publication(name, row), name);
    }

    private PublicationDescription publication(String name, Row row) throws SQLException {
        long oid = row.number("oid");
        return new PublicationDescription(
                name,
                oid,
                row.text("xmin"),
                row.text("owner"),
                row.flag("owned"),
                row.flag("puballtables"),
                publishedSchemas(oid),
                new PublicationDescription.Options(
                        row.flag("pubinsert"),
                        row.flag("pubupdate"),
                        row.flag("pubdelete"),
                        row.flag("pubtruncate"),
                        row.flag("pubviaroot"),
                        row.flag("generated_stored")),
                session.list(
                        "read the tables of publication " + name,
                        CatalogSql.PUBLISHED_TABLES,
                        CatalogReader::member,
                        oid));
    }

    private List<String> publishedSchemas(long publication) {
        int version = session.one(
                "read the server version",
                "SELECT current_setting('server_version_num')::int AS version",
                row -> row.integer("version"));
        if (version < PUBLISHES_SCHEMAS) {
            return List.of();
        }
        return session.list(
                "read the schemas of the publication",
                CatalogSql.PUBLISHED_SCHEMAS,
                row -> row.text("nspname"),
                publication);
    }

    private static PublicationDescription.Member member(Row row) throws SQLException {
        return new PublicationDescription.Member(
                row.number("oid"),
                row.text("xmin"),
                row.number("prrelid"),
                new TableName(row.text("nspname"), row.text("relname")),
                row.flag("filtered"),
                row.flag("listed") ? Optional.of(row.texts("columns")) : Optional.empty());
    }

    private static Named relation(Row row) throws SQLException {
        Optional<String> rootSchema = row.maybe("root_schema");
        Optional<TableName> root = rootSchema.isEmpty()
                ? Optional.empty()
                : Optional.of(new TableName(rootSchema.orElseThrow(), row.text("root_name")));
        return new Named(
                new TableName(row.text("nspname"), row.text("relname")),
                new TableDescription.Relation(
                        row.number("oid"),
                        row.text("xmin"),
                        row.number("relfilenode"),
                        TableDescription.Kind.of(row.text("relkind")),
                        row.flag("logged"),
                        ReplicaIdentity.of(row.text("relreplident")),
                        row.flag("key_deferrable"),
                        root,
                        row.flag("inherited"),
                        row.text("owner"),
                        new TableDescription.Rights(row.flag("usage"), row.flag("selectable"), row.flag("owned"))));
    }

    private Map<Long, List<Held>> columns(List<Long> relations) {
        CatalogTypes types = CatalogTypes.read(session, relations);
        return session.list("read the columns", CatalogSql.COLUMNS, row -> column(row, types), relations).stream()
                .collect(Collectors.groupingBy(held -> held.relation));
    }

    private static Held column(Row row, CatalogTypes types) throws SQLException {
        ColumnDescription.Type type = types.type(
                row.number("atttypid"), row.integer("atttypmod"), row.text("sql_name"), row.flag("deterministic"));
        return new Held(
                row.number("attrelid"),
                row.integer("key_position"),
                new ColumnDescription(
                        row.text("attname"),
                        row.integer("attnum"),
                        type,
                        generation(row.text("attgenerated")),
                        row.flag("in_identity")));
    }

    private static ColumnDescription.Generation generation(String attgenerated) {
        return switch (attgenerated) {
            case "s" -> ColumnDescription.Generation.STORED;
            case "v" -> ColumnDescription.Generation.VIRTUAL;
            default -> ColumnDescription.Generation.NONE;
        };
    }

    private static List<KeyColumn> key(List<Held> columns) {
        return columns.stream()
                .filter(held -> held.keyPosition > 0)
                .sorted(Comparator.comparingInt(Held::keyPosition))
                .map(Held::column)
                .map(column -> new KeyColumn(
                        column.name(), column.number(), column.type().sqlName(), ColumnTypes.keyForm(column.type())))
                .collect(Collectors.toList());
    }

    private Map<Long, List<TableDescription.Partition>> partitions(List<Long> relations) {
        Map<Long, List<TableDescription.Partition>> leaves = new TreeMap<>();
        session.list(
                "read the partitions",
                CatalogSql.PARTITIONS,
                row -> leaves.computeIfAbsent(row.number("root"), root -> new ArrayList<>())
                        .add(new TableDescription.Partition(
                                new TableName(row.text("nspname"), row.text("relname")),
                                ReplicaIdentity.of(row.text("relreplident")),
                                row.flag("logged"))),
                relations);
        return leaves;
    }

    private Map<Long, List<String>> attached(List<Long> relations) {
        Map<Long, List<String>> attached = new TreeMap<>();
        session.list(
                "read the attached partitions",
                CatalogSql.ATTACHED,
                row -> attached.computeIfAbsent(row.number("root"), root -> new ArrayList<>())
                        .add(row.text("oid")),
                relations);
        return attached;
    }

    private Map<Long, List<ForeignKey>> foreignKeys(List<Long> relations) {
        Map<Long, List<ForeignKey>> keys = new TreeMap<>();
        session.list(
                "read the foreign keys",
                CatalogSql.FOREIGN_KEYS,
                row -> keys.computeIfAbsent(row.number("conrelid"), relation -> new ArrayList<>())
                        .add(new ForeignKey(
                                row.integer("column"), row.number("confrelid"), row.integer("parent_column"))),
                relations);
        return keys;
    }

    /** A relation with its name. */
    private record Named(TableName name, TableDescription.Relation relation) {}

    /** A column with the relation that holds it and its place in the primary key; 0 for none. */
    private record Held(long relation, int keyPosition, ColumnDescription column) {}
}
