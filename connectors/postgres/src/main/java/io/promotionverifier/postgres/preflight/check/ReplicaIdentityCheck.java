package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.postgres.access.SqlText;
import io.promotionverifier.postgres.catalog.ColumnDescription.Generation;
import io.promotionverifier.postgres.catalog.PublicationDescription;
import io.promotionverifier.postgres.catalog.ReplicaIdentity;
import io.promotionverifier.postgres.catalog.TableDescription;
import io.promotionverifier.postgres.preflight.facts.PreflightFacts;
import io.promotionverifier.postgres.preflight.facts.ServerFacts;
import io.promotionverifier.postgres.slot.PublicationSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * REPLICA IDENTITY FULL, and never one that makes the application's UPDATE and DELETE fail once the table is published.
 * Each leaf partition has its own.
 */
final class ReplicaIdentityCheck implements Check {
    private static final String NAME = "replica-identity";

    /** From here on the server refuses UPDATE and DELETE under FULL while a generated column is not published. */
    private static final int REFUSES_GENERATED = 18;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<CheckResult> examine(PreflightFacts facts) {
        return Check.judge(
                NAME,
                facts.publication(),
                publication -> Check.judge(
                        NAME,
                        facts.server(),
                        server -> Check.judge(
                                NAME,
                                facts.tables(),
                                tables -> facts.capturable(tables).stream()
                                        .map(table -> new Case(
                                                table,
                                                server,
                                                publication,
                                                WantedPublication.of(facts, server, tables),
                                                outOfLine(facts, table)))
                                        .map(Case::judge)
                                        .toList())));
    }

    private static String outOfLine(PreflightFacts facts, TableDescription table) {
        return facts.details()
                .either(
                        details -> Optional.ofNullable(
                                        details.get(table.relation().oid()))
                                .map(found -> Bytes.text((double) found.outOfLineBytes())
                                        + " of it are stored out of line now")
                                .orElse("how much is stored out of line is UNKNOWN"),
                        hidden -> "how much is stored out of line is UNKNOWN");
    }

    /**
     * One table under judgement.
     *
     * @param wanted the publication as it should be
     * @param outOfLine how much of the table is stored out of line now, for people
     */
    private record Case(
            TableDescription table,
            ServerFacts server,
            Optional<PublicationDescription> publication,
            PublicationSql wanted,
            String outOfLine) {

        CheckResult judge() {
            return generated().or(this::nothing).or(this::unusable).orElseGet(this::whole);
        }

        private String name() {
            return NAME + " " + table.name();
        }

        private CheckResult refuse(String detail) {
            return CheckResult.refuse(name(), detail);
        }

        /** The table itself, or its leaves: where the rows are. */
        private List<TableDescription.Partition> stores() {
            TableDescription.Partition self = new TableDescription.Partition(
                    table.name(), table.relation().identity(), table.relation().logged());
            return table.partitions().isEmpty() ? List.of(self) : table.partitions();
        }

        private List<TableName> with(ReplicaIdentity identity) {
            return stores().stream()
                    .filter(store -> store.identity() == identity)
                    .map(TableDescription.Partition::name)
                    .toList();
        }

        private Optional<CheckResult> generated() {
            List<TableName> full = with(ReplicaIdentity.FULL);
            if (full.isEmpty() || !server.since(REFUSES_GENERATED)) {
                return Optional.empty();
            }
            List<String> virtual = table.generated(Generation.VIRTUAL);
            if (!virtual.isEmpty()) {
                return Optional.of(refuse("FULL with the virtual generated column " + virtual.get(0)
                                + ": once published, the application's UPDATE and DELETE fail")
                        .with(alter(full, "DEFAULT")));
            }
            boolean unpublished = publication.isPresent()
                    && !publication.orElseThrow().options().generatedStored();
            List<String> stored = table.generated(Generation.STORED);
            return stored.isEmpty() || !unpublished
                    ? Optional.empty()
                    : Optional.of(refuse("FULL with the stored generated column " + stored.get(0)
                                    + ", which the publication leaves out: the application's UPDATE and DELETE fail")
                            .with(wanted.mend(publication.orElseThrow())));
        }

        private Optional<CheckResult> nothing() {
            List<TableName> without = with(ReplicaIdentity.NOTHING);
            return without.isEmpty()
                    ? Optional.empty()
                    : Optional.of(refuse(names(without) + " has REPLICA IDENTITY NOTHING: once published, the"
                                    + " application's UPDATE and DELETE fail")
                            .with(full(without)));
        }

        private Optional<CheckResult> unusable() {
            boolean deferrable = table.relation().keyDeferrable()
                    && !with(ReplicaIdentity.DEFAULT).isEmpty();
            if (deferrable) {
                return Optional.of(refuse("the primary key is deferrable and cannot be the replica identity: once"
                                + " published, the application's UPDATE and DELETE fail")
                        .with(full(with(ReplicaIdentity.DEFAULT))));
            }
            boolean keyMissing = table.relation().identity() == ReplicaIdentity.INDEX
                    && table.key().stream()
                            .anyMatch(key -> table.column(key.number())
                                    .filter(column -> column.inIdentity())
                                    .isEmpty());
            return keyMissing
                    ? Optional.of(refuse("the replica identity's index does not hold the primary key: a deleted row"
                                    + " could not be told")
                            .with(full(List.of(table.name()))))
                    : Optional.empty();
        }

        private CheckResult whole() {
            List<TableName> partial = new ArrayList<>(with(ReplicaIdentity.DEFAULT));
            partial.addAll(with(ReplicaIdentity.INDEX));
            if (partial.isEmpty()) {
                return CheckResult.pass(name(), "FULL");
            }
            CheckResult warning = CheckResult.warn(
                    name(),
                    names(partial)
                            + " is not FULL: a large document that an UPDATE leaves alone is not in the log, and such"
                            + " changes are UNVERIFIABLE(TOAST) unless the row can be read again ("
                            + outOfLine
                            + "; FULL adds the old row to the log of each UPDATE and DELETE)");
            boolean never = server.since(REFUSES_GENERATED)
                    && !table.generated(Generation.VIRTUAL).isEmpty();
            return never ? warning : warning.with(full(partial));
        }

        /**
         * FULL is an outage while the publication has a column list or leaves a generated column out: that goes first.
         */
        private String full(List<TableName> tables) {
            boolean first = publication.isPresent()
                    && (publication.orElseThrow().member(table.relation().oid()).stream()
                                    .anyMatch(member -> member.columns().isPresent())
                            || (wanted.generated()
                                    && !publication.orElseThrow().options().generatedStored()));
            return (first ? wanted.mend(publication.orElseThrow()) + "; " : "") + alter(tables, "FULL");
        }

        private static String alter(List<TableName> tables, String identity) {
            return tables.stream()
                    .map(each -> "ALTER TABLE " + SqlText.table(each) + " REPLICA IDENTITY " + identity)
                    .collect(Collectors.joining("; "));
        }

        private static String names(List<TableName> tables) {
            return tables.stream().map(TableName::toString).collect(Collectors.joining(", "));
        }
    }
}
