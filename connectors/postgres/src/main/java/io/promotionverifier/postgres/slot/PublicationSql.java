package io.promotionverifier.postgres.slot;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.postgres.access.SqlText;
import io.promotionverifier.postgres.catalog.PublicationDescription;
import io.promotionverifier.postgres.catalog.PublicationDescription.Options;
import io.promotionverifier.postgres.catalog.RowFilters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The publication that the verifier needs: exactly the promoted tables, every operation, under the root's name, whole
 * rows. Pure.
 *
 * @param name its name
 * @param tables the promoted tables
 * @param generated true if stored generated columns must be published: PostgreSQL 18 refuses the application's UPDATE
 *     on a table with REPLICA IDENTITY FULL otherwise
 * @param filters the row filters of the tables of which only suspects are sent
 */
public record PublicationSql(String name, Set<TableName> tables, boolean generated, RowFilters filters) {
    public PublicationSql {
        tables = Set.copyOf(tables);
    }

    /** A publication of every change. */
    public PublicationSql(String name, Set<TableName> tables, boolean generated) {
        this(name, tables, generated, RowFilters.NONE);
    }

    /** The statement that creates it. */
    public String create() {
        return "CREATE PUBLICATION " + SqlText.identifier(name)
                + (tables.isEmpty() ? "" : " FOR TABLE " + entries(tables)) + " WITH (" + options() + ")";
    }

    /** The statement that drops it. */
    public static String drop(String name) {
        return "DROP PUBLICATION IF EXISTS " + SqlText.identifier(name);
    }

    private String entries(Set<TableName> named) {
        return named.stream()
                .sorted()
                .map(table -> SqlText.table(table)
                        + filters.of(table)
                                .map(clause -> " WHERE (" + clause + ")")
                                .orElse(""))
                .collect(Collectors.joining(", "));
    }

    private String options() {
        return "publish = 'insert, update, delete, truncate', publish_via_partition_root = true"
                + (generated ? ", publish_generated_columns = stored" : "");
    }

    /** What is wrong with an existing one; empty if it fits. */
    public List<String> misfits(PublicationDescription found) {
        List<String> misfits = new ArrayList<>();
        if (found.allTables()) {
            misfits.add("it publishes all tables");
        }
        if (!found.schemas().isEmpty()) {
            misfits.add("it publishes whole schemas: " + String.join(", ", found.schemas()));
        }
        if (!found.allTables()) {
            tables(found, misfits);
        }
        options(found.options(), misfits);
        return misfits;
    }

    private void tables(PublicationDescription found, List<String> misfits) {
        Set<TableName> published = found.tables().stream()
                .map(PublicationDescription.Member::table)
                .collect(Collectors.toSet());
        report("it lacks ", minus(tables, published), misfits);
        report("it also publishes ", minus(published, tables), misfits);
        report(
                "it leaves rows out by a WHERE clause: ",
                found.tables().stream()
                        .filter(member ->
                                member.filtered() && filters.of(member.table()).isEmpty())
                        .map(PublicationDescription.Member::table)
                        .collect(Collectors.toCollection(TreeSet::new)),
                misfits);
        report(
                "it does not leave out exactly the rows that the server can compare, as capture: suspects wants: ",
                found.tables().stream()
                        .filter(member -> filters.of(member.table()).isPresent() && !filters.fit(member))
                        .map(PublicationDescription.Member::table)
                        .collect(Collectors.toCollection(TreeSet::new)),
                misfits);
    }

    private static void report(String what, Set<TableName> tables, List<String> misfits) {
        if (!tables.isEmpty()) {
            misfits.add(what + tables.stream().map(TableName::toString).collect(Collectors.joining(", ")));
        }
    }

    private static Set<TableName> minus(Set<TableName> all, Set<TableName> without) {
        Set<TableName> rest = new TreeSet<>(all);
        rest.removeAll(without);
        return rest;
    }

    private static void options(Options options, List<String> misfits) {
        if (!options.unpublished().isEmpty()) {
            misfits.add("it does not publish " + String.join(", ", options.unpublished()));
        }
        if (!options.viaRoot()) {
            misfits.add("publish_via_partition_root is off");
        }
    }

    /** The statement that adds the tables which it lacks; absent if it fits, or if anything else is wrong with it. */
    public Optional<String> widen(PublicationDescription found) {
        Set<TableName> published = found.tables().stream()
                .map(PublicationDescription.Member::table)
                .collect(Collectors.toSet());
        Set<TableName> lacking = minus(tables, published);
        boolean onlyThat = misfits(found).size() == 1 && !lacking.isEmpty() && !found.allTables();
        return onlyThat
                ? Optional.of("ALTER PUBLICATION " + SqlText.identifier(name) + " ADD TABLE " + entries(lacking))
                : Optional.empty();
    }

    /** The statements that make an existing one fit. */
    public String mend(PublicationDescription found) {
        if (found.allTables() || !found.schemas().isEmpty()) {
            return drop(name) + "; " + create();
        }
        return "ALTER PUBLICATION " + SqlText.identifier(name) + " SET TABLE " + entries(tables)
                + "; ALTER PUBLICATION " + SqlText.identifier(name) + " SET (" + options() + ")";
    }
}
