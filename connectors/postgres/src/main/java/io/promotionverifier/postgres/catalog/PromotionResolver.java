package io.promotionverifier.postgres.catalog;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.promotion.ColumnType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Holds one requested promotion against the described tables; collects every problem. Pure. */
final class PromotionResolver {
    private final Map<TableName, TableDescription> tables;
    private final RequestedPromotion requested;
    private final List<Problem> problems = new ArrayList<>();

    PromotionResolver(Map<TableName, TableDescription> tables, RequestedPromotion requested) {
        this.tables = tables;
        this.requested = requested;
    }

    PromotionDescription resolve() {
        Optional<TableDescription> found = Optional.ofNullable(tables.get(requested.table()));
        found.ifPresentOrElse(
                this::examine, () -> problem(Problem.Kind.TABLE, "table " + requested.table() + " does not exist"));
        Optional<ParentKey> parent = requested.references().flatMap(reference -> parent(found, reference));
        if (!problems.isEmpty()) {
            return new PromotionDescription.Unresolved(requested, problems);
        }
        TableDescription table = found.orElseThrow();
        ColumnDescription column = table.column(requested.to()).orElseThrow();
        return new PromotionDescription.Resolved(
                requested,
                table,
                table.column(requested.from().column()).orElseThrow(),
                column,
                ColumnTypes.of(column.type()).orElseThrow(),
                parent);
    }

    private void problem(Problem.Kind kind, String detail) {
        problems.add(new Problem(kind, detail));
    }

    private void examine(TableDescription table) {
        kind(table);
        key(table);
        columnNames(table);
        document(table);
        promoted(table);
    }

    private void kind(TableDescription table) {
        TableDescription.Relation relation = table.relation();
        if (relation.kind() != TableDescription.Kind.TABLE && relation.kind() != TableDescription.Kind.PARTITIONED) {
            problem(
                    Problem.Kind.TABLE,
                    table.name() + " is a "
                            + relation.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                            + ": only tables have row changes");
        }
        relation.root()
                .ifPresent(root -> problem(
                        Problem.Kind.TABLE,
                        table.name() + " is a partition of " + root + ": name the partitioned table"));
        if (relation.inherited()) {
            problem(
                    Problem.Kind.TABLE,
                    "other tables inherit from " + table.name() + ": their rows arrive under their own names");
        }
    }

    private void key(TableDescription table) {
        if (table.key().isEmpty()) {
            problem(Problem.Kind.KEY, table.name() + " has no primary key: its rows cannot be told apart");
        }
        table.key().stream()
                .filter(column -> column.form().isEmpty())
                .forEach(column -> problem(
                        Problem.Kind.KEY,
                        "key column " + column.name() + " of " + table.name() + " has type " + column.sqlName()
                                + ": keys of this type follow in a later version"));
    }

    private void columnNames(TableDescription table) {
        Map<String, List<String>> byLowerCase = table.columns().stream()
                .map(ColumnDescription::name)
                .collect(Collectors.groupingBy(
                        name -> name.toLowerCase(Locale.ROOT), LinkedHashMap::new, Collectors.toList()));
        byLowerCase.values().stream()
                .filter(names -> names.size() > 1)
                .forEach(names -> problem(
                        Problem.Kind.COLUMN_NAMES,
                        "columns " + String.join(", ", names) + " of " + table.name()
                                + " differ by case only: the capture engine stops at such a table"));
    }

    private void document(TableDescription table) {
        String name = requested.from().column();
        Optional<ColumnDescription> column = table.column(name);
        if (column.isEmpty()) {
            problem(
                    Problem.Kind.DOCUMENT_COLUMN,
                    "document column " + name + " of " + table.name() + " does not exist");
            return;
        }
        ColumnDescription.Type type = column.orElseThrow().type();
        if (type.is("jsonb") || type.is("json")) {
            return;
        }
        String subject = "document column " + name + " of " + table.name() + " has type " + type.sqlName();
        if (!requested.from().keys().isEmpty()) {
            problem(Problem.Kind.DOCUMENT_COLUMN, subject + ": it must be jsonb or json to have keys");
        } else if (!table.column(requested.to())
                .filter(to -> ColumnTypes.isTextOf(type, to.type()))
                .isPresent()) {
            problem(
                    Problem.Kind.DOCUMENT_COLUMN,
                    subject
                            + ": a whole column is compared if it is jsonb, json, text, varchar, char or of the promoted"
                            + " column's own type");
        }
    }

    private void promoted(TableDescription table) {
        Optional<ColumnDescription> found = table.column(requested.to());
        if (found.isEmpty()) {
            problem(
                    Problem.Kind.PROMOTED_COLUMN,
                    "promoted column " + requested.to() + " of " + table.name() + " does not exist");
            return;
        }
        ColumnDescription column = found.orElseThrow();
        if (column.generation() != ColumnDescription.Generation.NONE) {
            problem(
                    Problem.Kind.PROMOTED_COLUMN,
                    "promoted column " + column.name() + " of " + table.name()
                            + " is generated: the server computes it, there is nothing to verify");
        }
        type(table, column);
    }

    private void type(TableDescription table, ColumnDescription column) {
        ColumnDescription.Type type = column.type();
        String subject = "promoted column " + column.name() + " of " + table.name() + " has type " + type.sqlName();
        Optional<ColumnType> known = ColumnTypes.of(type);
        if (known.isEmpty()) {
            problem(Problem.Kind.TYPE, subject + ", which " + ColumnTypes.refusal(type));
        }
        requested
                .type()
                .filter(declared -> !ColumnTypes.states(declared, type))
                .ifPresent(declared -> problem(Problem.Kind.TYPE, subject + ", the configuration says " + declared));
    }

    private Optional<ParentKey> parent(Optional<TableDescription> child, TableName name) {
        TableDescription parent = tables.get(name);
        if (parent == null) {
            problem(Problem.Kind.REFERENCE, "referenced table " + name + " does not exist");
            return Optional.empty();
        }
        Optional<ColumnDescription> unique = child.flatMap(table -> byForeignKey(table, parent))
                .or(() -> parent.key().size() == 1
                        ? parent.column(parent.key().get(0).number())
                        : Optional.empty());
        if (unique.isEmpty()) {
            problem(
                    Problem.Kind.REFERENCE,
                    "referenced table " + name + " has no primary key of one column, and no foreign key of "
                            + requested.to() + " leads to it");
        }
        return unique.map(
                column -> new ParentKey(name, column.name(), column.type().castName()));
    }

    private Optional<ColumnDescription> byForeignKey(TableDescription child, TableDescription parent) {
        return child.column(requested.to())
                .flatMap(column -> child.foreignKeys().stream()
                        .filter(key -> key.column() == column.number())
                        .filter(key -> key.parent() == parent.relation().oid())
                        .findFirst())
                .flatMap(key -> parent.column(key.parentColumn()));
    }
}
