package io.promotionverifier.postgres.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.sql.SuspectPredicate;
import io.promotionverifier.postgres.access.AccessRefusedException;
import io.promotionverifier.postgres.access.NotSetUpException;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.access.SourceFailedException;
import io.promotionverifier.postgres.access.SqlText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says which row filters screened promotions need, and lets the server tell whether those of a publication are the
 * same. It plans both as the one column of a query that is never run and compares what the plans compute: the server
 * has its own spelling for each clause. Issues no DDL. Confined to the session's thread.
 */
public final class RowFilterReader {
    /** From here on a publication can leave rows out. */
    private static final int ROW_FILTERS = 150000;

    private static final int VIRTUAL_COLUMNS = 180000;

    private static final String FOREIGN_COLLATIONS = """
            SELECT a.attrelid, a.attname FROM pg_attribute a
            WHERE a.attrelid = ANY (?::oid[]) AND a.attnum > 0 AND NOT a.attisdropped AND a.attcollation >= 16384
            """;
    private static final String PUBLISHED = """
            SELECT n.nspname, c.relname, pg_get_expr(r.prqual, r.prrelid) AS clause
            FROM pg_publication_rel r
            JOIN pg_class c ON c.oid = r.prrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE r.prpubid = ?::oid AND r.prqual IS NOT NULL
            """;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Session session;

    public RowFilterReader(Session session) {
        this.session = session;
    }

    /**
     * What is wanted, and what of it stands. Without screened promotions nothing is asked.
     *
     * @throws io.promotionverifier.postgres.access.SourceException if the server could not be asked
     */
    public RowFilters read(List<PromotionDescription> described, Optional<PublicationDescription> publication) {
        if (described.stream().noneMatch(each -> each.requested().screening().isPresent())) {
            return RowFilters.NONE;
        }
        int version = session.one(
                "read the server version",
                "SELECT current_setting('server_version_num')::int AS version",
                row -> row.integer("version"));
        if (version < ROW_FILTERS) {
            return RowFilters.NONE;
        }
        Map<TableName, String> wanted = new HashMap<>();
        Map<TableName, String> whole = new HashMap<>();
        Set<String> foreign = foreignCollations(described);
        byTable(described).forEach((table, promotions) -> {
            Clauses clauses = new Clauses(promotions, foreign, version >= VIRTUAL_COLUMNS);
            clauses.obstacle()
                    .ifPresentOrElse(why -> whole.put(table, why), () -> wanted.put(table, clauses.disjunction()));
        });
        Set<TableName> standing =
                publication.map(found -> standing(found, wanted)).orElse(Set.of());
        return new RowFilters(wanted, whole, standing);
    }

    private static Map<TableName, List<PromotionDescription>> byTable(List<PromotionDescription> described) {
        return described.stream()
                .collect(Collectors.groupingBy(
                        each -> each.requested().table(), LinkedHashMap::new, Collectors.toList()));
    }

    /** The columns whose collation somebody made: {@code relation name}. */
    private Set<String> foreignCollations(List<PromotionDescription> described) {
        List<Long> relations = described.stream()
                .filter(PromotionDescription.Resolved.class::isInstance)
                .map(each -> ((PromotionDescription.Resolved) each)
                        .table()
                        .relation()
                        .oid())
                .distinct()
                .toList();
        return new HashSet<>(session.list(
                "read the collations",
                FOREIGN_COLLATIONS,
                row -> row.number("attrelid") + " " + row.text("attname"),
                relations));
    }

    private Set<TableName> standing(PublicationDescription publication, Map<TableName, String> wanted) {
        Map<TableName, String> published = new HashMap<>();
        session.list(
                "read the row filters of publication " + publication.name(),
                PUBLISHED,
                row -> published.put(new TableName(row.text("nspname"), row.text("relname")), row.text("clause")),
                publication.oid());
        return wanted.entrySet().stream()
                .filter(each -> published.containsKey(each.getKey()))
                .filter(each -> meaning(each.getKey(), each.getValue())
                        .flatMap(ours -> meaning(each.getKey(), published.getOrDefault(each.getKey(), ""))
                                .map(ours::equals))
                        .orElse(false))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** What the server would compute for a clause; absent when it refuses to say. */
    private Optional<String> meaning(TableName table, String clause) {
        try {
            String plan = session.one(
                    "plan the row filter of " + table,
                    "EXPLAIN (VERBOSE, COSTS OFF, FORMAT JSON) SELECT (" + clause + ") FROM ONLY "
                            + SqlText.table(table),
                    row -> row.text("QUERY PLAN"));
            return Optional.of(
                    JSON.readTree(plan).path(0).path("Plan").path("Output").toString());
        } catch (AccessRefusedException | SourceFailedException | NotSetUpException | JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The clauses of one table's promotions. */
    private record Clauses(List<PromotionDescription> promotions, Set<String> foreign, boolean virtual) {
        /** Why the server cannot compare the rows of this table for us, naming the promotions. */
        Optional<String> obstacle() {
            List<String> obstacles = new ArrayList<>();
            for (PromotionDescription each : promotions) {
                obstacle(each).ifPresent(why -> obstacles.add(each.requested().id() + ": " + why));
            }
            return obstacles.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", obstacles));
        }

        private Optional<String> obstacle(PromotionDescription each) {
            if (!(each instanceof PromotionDescription.Resolved resolved)) {
                return Optional.of("the catalog does not have it");
            }
            TableDescription table = resolved.table();
            if (table.relation().kind() != TableDescription.Kind.TABLE) {
                return Optional.of("a partition made later would have another replica identity, and its UPDATEs fail");
            }
            boolean generated = table.columns().stream()
                    .anyMatch(column -> column.generation() != ColumnDescription.Generation.NONE);
            if (virtual && generated) {
                return Optional.of("REPLICA IDENTITY FULL and generated columns do not go together");
            }
            if (isForeign(resolved.column(), table) || isForeign(resolved.document(), table)) {
                return Optional.of("a type or a collation that is not the server's own");
            }
            return clause(resolved).isEmpty()
                    ? Optional.of("the server cannot compare "
                            + resolved.type().sqlName() + " with \""
                            + resolved.requested().from().column() + "\" in a row filter")
                    : Optional.empty();
        }

        private boolean isForeign(ColumnDescription column, TableDescription table) {
            return !column.type().schema().equals("pg_catalog")
                    || column.generation() != ColumnDescription.Generation.NONE
                    || foreign.contains(table.relation().oid() + " " + column.name());
        }

        String disjunction() {
            return promotions.stream()
                    .map(PromotionDescription.Resolved.class::cast)
                    .map(resolved -> "(" + clause(resolved).orElseThrow() + ")")
                    .collect(Collectors.joining(" OR "));
        }

        private static Optional<String> clause(PromotionDescription.Resolved resolved) {
            RequestedPromotion requested = resolved.requested();
            return requested
                    .screening()
                    .flatMap(screening -> SuspectPredicate.rowFilter(
                            new SuspectPredicate.Compared(
                                    requested.from(),
                                    requested.to(),
                                    resolved.type(),
                                    screening.phase(),
                                    screening.allowed()),
                            form(resolved.document().type())));
        }

        /** Of a {@code char(n)} the server drops blanks when it becomes text; others it cannot make text of here. */
        private static SuspectPredicate.Form form(ColumnDescription.Type document) {
            return switch (document.name()) {
                case "jsonb" -> SuspectPredicate.Form.JSONB;
                case "text", "varchar" -> SuspectPredicate.Form.PLAIN;
                default -> SuspectPredicate.Form.JSON;
            };
        }
    }
}
