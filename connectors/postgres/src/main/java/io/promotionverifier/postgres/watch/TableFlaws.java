package io.promotionverifier.postgres.watch;

import io.promotionverifier.core.pipeline.Flaw;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.postgres.catalog.ColumnDescription;
import io.promotionverifier.postgres.catalog.KeyColumn;
import io.promotionverifier.postgres.catalog.Problem;
import io.promotionverifier.postgres.catalog.PromotionDescription;
import io.promotionverifier.postgres.catalog.PromotionDescription.Resolved;
import io.promotionverifier.postgres.catalog.PublicationDescription;
import io.promotionverifier.postgres.catalog.PublicationDescription.Member;
import io.promotionverifier.postgres.catalog.ReplicaIdentity;
import io.promotionverifier.postgres.catalog.RowFilters;
import io.promotionverifier.postgres.catalog.TableDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What keeps the rows of one promotion from us, or from being read as what they are. Pure. */
final class TableFlaws {
    private final Resolved known;
    private final PublicationDescription publication;
    private final RowFilters filters;
    private final Set<PromotionId> concerned;
    private final List<Flaw> flaws = new ArrayList<>();

    private TableFlaws(Resolved known, PublicationDescription publication, RowFilters filters) {
        this.known = known;
        this.publication = publication;
        this.filters = filters;
        this.concerned = Set.of(known.requested().id());
    }

    /**
     * The flaws of one promotion.
     *
     * @param known the promotion as the verifier was built on it
     * @param now the same promotion as the catalog has it now
     * @param filters the row filters that the publication needs, and whether it has them
     */
    static List<Flaw> of(
            Resolved known, PromotionDescription now, PublicationDescription publication, RowFilters filters) {
        TableFlaws found = new TableFlaws(known, publication, filters);
        if (now instanceof Resolved resolved) {
            found.table(resolved.table());
            found.columns(resolved);
            found.published(resolved);
        } else {
            ((PromotionDescription.Unresolved) now)
                    .problems().stream()
                            .map(Problem::detail)
                            .forEach(detail -> found.schema(detail + ": make it as it was, then take a census"));
        }
        return found.flaws;
    }

    private String name() {
        return "table " + known.table().name();
    }

    private void schema(String reason) {
        flaws.add(new Flaw(reason, concerned, true));
    }

    private void coverage(String reason) {
        flaws.add(new Flaw(reason, concerned, false));
    }

    private void table(TableDescription now) {
        ReplicaIdentity before = known.table().relation().identity();
        ReplicaIdentity identity = now.relation().identity();
        if (identity != before && identity != ReplicaIdentity.FULL) {
            coverage("the replica identity of " + name() + " is " + identity + ", it was " + before
                    + ": set it back, then take a census");
        }
        if (!key(now).equals(key(known.table()))) {
            schema("the primary key of " + name() + " is (" + key(now) + "), it was (" + key(known.table())
                    + "): make it as it was, or start the verifier again on the new one; then take a census");
        }
    }

    private static String key(TableDescription table) {
        return table.key().stream()
                .map(column -> column.name() + " " + column.sqlName())
                .collect(Collectors.joining(", "));
    }

    private void columns(Resolved now) {
        column(known.column(), now.column());
        column(known.document(), now.document());
    }

    private void column(ColumnDescription before, ColumnDescription now) {
        if (!type(before).equals(type(now))) {
            schema("column \"" + before.name() + "\" of " + name() + " is " + type(now) + ", it was " + type(before)
                    + ": make it as it was, or start the verifier again on the new type; then take a census");
        }
    }

    private static String type(ColumnDescription column) {
        List<String> labels = column.type().labels();
        return column.type().sqlName() + (labels.isEmpty() ? "" : " (" + String.join(", ", labels) + ")");
    }

    private void published(Resolved now) {
        Optional<Member> member = publication.member(now.table().relation().oid());
        if (member.isEmpty()
                && !publication.allTables()
                && !publication.schemas().contains(schemaOf(now))) {
            coverage(name() + " is not in publication " + publication.name()
                    + ": add it (setup prints how), then take a census");
            return;
        }
        member.ifPresent(this::rows);
        member.flatMap(Member::columns).ifPresent(listed -> {
            Set<String> omitted = needed(now.table());
            omitted.removeAll(listed);
            if (!omitted.isEmpty()) {
                schema("the column list of publication " + publication.name() + " omits " + String.join(", ", omitted)
                        + " of " + name() + ": drop the list, then take a census");
            }
        });
    }

    private void rows(Member member) {
        boolean screened = filters.of(member.table()).isPresent();
        if (member.filtered() && !screened) {
            coverage("publication " + publication.name() + " leaves rows of " + name()
                    + " out by a WHERE clause: drop the clause, then take a census");
        } else if (!filters.fit(member)) {
            coverage("the WHERE clause of " + name() + " in publication " + publication.name()
                    + " is not the one that sends the suspects: set it back (doctor --sql prints how), then take a"
                    + " census");
        }
    }

    private static String schemaOf(Resolved now) {
        return now.requested().table().schema();
    }

    private Set<String> needed(TableDescription table) {
        Set<String> names = new TreeSet<>();
        table.key().stream().map(KeyColumn::name).forEach(names::add);
        names.add(known.requested().from().column());
        names.add(known.requested().to());
        return names;
    }
}
