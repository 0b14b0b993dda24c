package io.promotionverifier.postgres.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.compare.Comparator;
import io.promotionverifier.core.compare.Outcome;
import io.promotionverifier.core.compare.ValueSeal;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.promotion.SessionRules;
import io.promotionverifier.postgres.SourceDatabase;
import io.promotionverifier.postgres.StandardPolicy;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.access.SqlText;
import io.promotionverifier.postgres.catalog.CatalogReader;
import io.promotionverifier.postgres.catalog.PromotionDescription;
import io.promotionverifier.postgres.catalog.PromotionDescription.Resolved;
import io.promotionverifier.postgres.catalog.RequestedPromotion;
import io.promotionverifier.postgres.catalog.RowFilterReader;
import io.promotionverifier.postgres.catalog.RowFilters;
import io.promotionverifier.postgres.catalog.Screening;
import io.promotionverifier.postgres.decode.CapturedPromotion;
import io.promotionverifier.postgres.decode.CapturedTable;
import io.promotionverifier.postgres.decode.KeyForm;
import io.promotionverifier.postgres.decode.KeyPart;
import io.promotionverifier.postgres.decode.TableRows;
import io.promotionverifier.postgres.slot.PublicationSql;
import io.promotionverifier.sandbox.server.EmbeddedPostgres;
import io.promotionverifier.sandbox.server.PostgresOptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Row filters on real servers: accepted, never wrong, never an error whatever a row holds and a session has set. */
class RowFilterIT {
    private static final String HOSTILE_SETTINGS = "SET extra_float_digits = -15 SET DateStyle = 'German, DMY'"
            + " SET IntervalStyle = 'iso_8601' SET TimeZone = 'Asia/Kolkata' SET bytea_output = 'escape'";

    private static final List<String> DOCUMENTS = List.of(
            "[]",
            "5",
            "null",
            "\"p\"",
            "{}",
            "{\"p\": null}",
            "{\"p\": \"\"}",
            "{\"p\": {}}",
            "{\"p\": [1, null]}",
            "{\"p\": {\"p\": 1}}",
            "{\"q\": 1}",
            "{\"\": 1}",
            "{\"p\": true}",
            "{\"p\": false}",
            "{\"p\": 0}",
            "{\"p\": -0}",
            "{\"p\": 1.0}",
            "{\"p\": 1e3}",
            "{\"p\": 1e1000}",
            "{\"p\": -1e-1000}",
            "{\"p\": 32768}",
            "{\"p\": 9223372036854775808}",
            "{\"p\": \"NaN\"}",
            "{\"p\": \"-Infinity\"}",
            "{\"p\": \"infinity\"}",
            "{\"p\": \"é\\u2028\"}",
            "{\"p\": \"a'b\\\\c\"}",
            "{\"p\": \"0044-03-15 BC\"}",
            "{\"p\": \"23:59:60\"}",
            "{\"p\": \"00000000-0000-0000-0000-00000000000a\"}");

    /** What the server can compare for us, with values that it stores. */
    private static final Map<String, List<String>> COMPARED = ordered(Map.of(
            "text", List.of("", "é\u2028", "a'b\\c", "{}", "1.0"),
            "varchar(5)", List.of("", "1.0", "true"),
            "char(6)", List.of("", "true", "1.0"),
            "boolean", List.of("true", "false"),
            "smallint", List.of("0", "-32768", "32767"),
            "bigint", List.of("0", "1000", "-9223372036854775808", "9223372036854775807"),
            "numeric(10,2)", List.of("0", "1", "1000", "NaN", "-99999999.99"),
            "numeric", List.of("NaN", "Infinity", "-Infinity", "1e1000", "0.0", "1000", "-1e-1000"),
            "uuid", List.of("00000000-0000-0000-0000-00000000000a"),
            "timetz", List.of("24:00:00+15:59:59", "00:00:00.000001-15:59")));

    private static final Map<String, List<String>> COMPARED_TOO = ordered(Map.of(
            "integer", List.of("0", "1", "-2147483648", "2147483647"),
            "time", List.of("24:00:00", "00:00:00.000001"),
            "jsonb", List.of("null", "{}", "[1, null]", "1e1000", "0", "-0.0")));

    /** What a session or the catalog prints, or nobody has shown to be equal when its text is. */
    private static final List<String> WHOLE = List.of(
            "date", "real", "double precision", "timestamp", "timestamptz", "interval", "mood", "short", "int[]");

    private static Map<String, List<String>> ordered(Map<String, List<String>> types) {
        return new java.util.TreeMap<>(types);
    }

    /** A server that the build has: the usual one, and the newest. */
    static Stream<PostgresOptions> servers() {
        Stream<PostgresOptions> newest = OracleServers.versions().stream()
                .filter(version -> version.compareTo("18") >= 0 && version.charAt(0) == '1')
                .map(OracleServers::options);
        return Stream.concat(Stream.of(SourceDatabase.options()), newest);
    }

    private record Column(String table, String type, List<String> values) {
        TableName name() {
            return new TableName("public", table);
        }

        RequestedPromotion promotion(Optional<Set<String>> allowed) {
            return new RequestedPromotion(
                    new PromotionId("P-" + table),
                    name(),
                    new DocumentPath("doc", List.of("p")),
                    "col",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(new Screening(Phase.B, allowed)));
        }
    }

    private static List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        COMPARED.forEach((type, values) -> columns.add(new Column("c" + columns.size(), type, values)));
        COMPARED_TOO.forEach((type, values) -> columns.add(new Column("c" + columns.size(), type, values)));
        return columns;
    }

    private static List<Column> wholeColumns() {
        List<Column> columns = new ArrayList<>();
        WHOLE.forEach(type -> columns.add(new Column("w" + columns.size(), type, List.of())));
        return columns;
    }

    @ParameterizedTest
    @MethodSource("servers")
    void noRowAndNoSettingMakesAFilterWrongOrFail(PostgresOptions options) throws SQLException {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(options);
                Connection connection =
                        DriverManager.getConnection(server.jdbcUrl("postgres"), server.user(), server.password());
                Session session =
                        new PostgresAccess(server.jdbcUrl("postgres"), server.user(), server::password).open()) {
            Scene scene = new Scene(connection, session);
            scene.create();
            scene.publish();
            scene.stands();
            scene.write();
            scene.dropsOnlyWhatIsEqual();
            scene.changeAndDelete();
            scene.decodes();
            scene.noticesAnotherClause();
            scene.keepsTheColumnsType();
        }
    }

    /** One server under test. */
    private record Scene(Connection connection, Session session) {
        private void run(String... statements) throws SQLException {
            for (String sql : statements) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(sql);
                }
            }
        }

        private String one(String sql) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return String.valueOf(row.getString(1));
            }
        }

        void create() throws SQLException {
            run("CREATE TYPE mood AS ENUM ('low', 'high')", "CREATE DOMAIN short AS text CHECK (length(value) < 5)");
            for (Column column :
                    Stream.concat(columns().stream(), wholeColumns().stream()).toList()) {
                run(
                        "CREATE TABLE " + column.table() + " (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                                + " doc jsonb, col " + column.type() + ")",
                        "ALTER TABLE " + column.table() + " REPLICA IDENTITY FULL");
            }
        }

        private List<PromotionDescription> described() {
            List<RequestedPromotion> requested = new ArrayList<>();
            columns()
                    .forEach(column -> requested.add(column.promotion(
                            column.type().equals("text") ? Optional.of(Set.of("a'b\\c", "1.0")) : Optional.empty())));
            wholeColumns().forEach(column -> requested.add(column.promotion(Optional.empty())));
            return new CatalogReader(session).describe(requested);
        }

        private RowFilters filters() {
            return new RowFilterReader(session).read(described(), new CatalogReader(session).publication("suspects"));
        }

        void publish() throws SQLException {
            RowFilters filters = filters();
            assertThat(filters.wanted())
                    .containsOnlyKeys(columns().stream().map(Column::name).toList());
            assertThat(filters.whole())
                    .containsOnlyKeys(wholeColumns().stream().map(Column::name).toList());
            Set<TableName> tables = columns().stream().map(Column::name).collect(Collectors.toCollection(TreeSet::new));
            run(
                    new PublicationSql("suspects", tables, false, filters).create(),
                    "SELECT pg_create_logical_replication_slot('suspects', 'pgoutput')");
        }

        void stands() {
            assertThat(filters().standing()).hasSize(columns().size());
        }

        void write() throws SQLException {
            for (Column column : columns()) {
                run("INSERT INTO " + column.table() + " (doc, col) SELECT d, v FROM unnest(ARRAY[NULL, "
                        + literals(DOCUMENTS) + "]::jsonb[]) AS d, unnest(ARRAY[NULL, " + literals(column.values())
                        + "]::" + column.type() + "[]) AS v");
            }
        }

        private static String literals(List<String> texts) {
            return texts.stream().map(SqlText::literal).collect(Collectors.joining(", "));
        }

        void dropsOnlyWhatIsEqual() throws SQLException {
            RowFilters filters = filters();
            for (PromotionDescription description : described()) {
                String clause = filters.of(description.requested().table()).orElse("");
                if (description instanceof Resolved resolved && !clause.isEmpty()) {
                    String table = SqlText.table(resolved.table().name());
                    assertThat(one("SELECT count(*) FROM " + table + " WHERE (" + clause + ") IS NULL"))
                            .isEqualTo("0");
                    assertThat(judged(resolved, " WHERE NOT (" + clause + ")"))
                            .as(clause)
                            .isNotEmpty()
                            .allSatisfy((row, outcome) -> assertThat(outcome)
                                    .as(row)
                                    .isInstanceOfAny(Outcome.Matched.class, Outcome.Absent.class));
                }
            }
        }

        private Map<String, Outcome> judged(Resolved resolved, String where) throws SQLException {
            TableName table = resolved.table().name();
            CapturedTable captured = new CapturedTable(
                    table,
                    List.of(new KeyPart("id", KeyForm.NUMBER)),
                    List.of(new CapturedPromotion(resolved.requested().from(), "col", resolved.type())));
            TableRows rows = new TableRows(
                    captured,
                    Map.of(
                            "id",
                            "int8",
                            "doc",
                            "jsonb",
                            "col",
                            resolved.column().type().name()));
            Comparator comparator = new Comparator(promotion(resolved), ValueSeal.PLAIN);
            Map<String, Outcome> outcomes = new LinkedHashMap<>();
            try (Statement statement = connection.createStatement();
                    ResultSet all = statement.executeQuery(
                            "SELECT id::text, doc::text, CASE WHEN col IS NOT NULL THEN format('%s', col) END FROM "
                                    + SqlText.table(table) + where)) {
                while (all.next()) {
                    Map<String, Optional<String>> texts = new LinkedHashMap<>();
                    texts.put("doc", Optional.ofNullable(all.getString(2)));
                    texts.put("col", Optional.ofNullable(all.getString(3)));
                    RowKey key = new RowKey("{\"id\": " + all.getString(1) + "}");
                    outcomes.put(
                            texts.toString(),
                            comparator.judge(
                                    comparator.sides(rows.readings(texts).get(0)), key, Instant.EPOCH));
                }
            }
            return outcomes;
        }

        private Promotion promotion(Resolved resolved) {
            RequestedPromotion requested = resolved.requested();
            Optional<Set<String>> allowed = requested.screening().flatMap(Screening::allowed);
            return new Promotion(
                    requested.id(),
                    requested.table(),
                    requested.from(),
                    requested.to(),
                    resolved.type(),
                    Phase.B,
                    Optional.empty(),
                    "",
                    new Promotion.Domain(allowed, false),
                    Optional.empty(),
                    List.of(),
                    StandardPolicy.of(new SessionRules(17, Optional.empty())));
        }

        void changeAndDelete() throws SQLException {
            for (Column column : columns()) {
                run(
                        "UPDATE " + column.table() + " SET col = NULL WHERE id % 3 = 0",
                        "UPDATE " + column.table() + " SET doc = NULL WHERE id % 3 = 1",
                        "UPDATE " + column.table() + " SET doc = jsonb_build_object('p', col) WHERE id % 2 = 0",
                        "DELETE FROM " + column.table() + " WHERE id % 5 = 0");
            }
        }

        /** Decoding evaluates every clause on every old and new row. */
        void decodes() throws SQLException {
            String peek = "SELECT count(*) FROM pg_logical_slot_peek_binary_changes('suspects', NULL, NULL,"
                    + " 'proto_version', '1', 'publication_names', 'suspects')";
            run("CREATE FUNCTION decoded() RETURNS bigint LANGUAGE sql " + HOSTILE_SETTINGS + " AS $$ " + peek + " $$");
            long changes = Long.parseLong(one(peek));
            long again = Long.parseLong(one("SELECT decoded()"));
            assertThat(changes).isPositive();
            assertThat(again).isEqualTo(changes);
        }

        void noticesAnotherClause() throws SQLException {
            TableName text = columns().stream()
                    .filter(column -> column.type().equals("text"))
                    .findFirst()
                    .orElseThrow()
                    .name();
            RowFilters before = filters();
            String ours = before.of(text).orElseThrow();
            for (String other : List.of(
                    "id > 5", ours + " OR id = 7", ours.replace("'1.0'", "'1.1'"), ours.replace(" OR ", " AND "))) {
                run("ALTER PUBLICATION suspects DROP TABLE " + SqlText.table(text));
                run("ALTER PUBLICATION suspects ADD TABLE " + SqlText.table(text) + " WHERE (" + other + ")");
                assertThat(filters().standing())
                        .as(other)
                        .doesNotContain(text)
                        .hasSize(columns().size() - 1);
            }
            run("ALTER PUBLICATION suspects DROP TABLE " + SqlText.table(text));
            run("ALTER PUBLICATION suspects ADD TABLE " + SqlText.table(text) + " WHERE (" + ours + ")");
            assertThat(filters().standing()).contains(text);
        }

        /** The price that doctor tells. */
        void keepsTheColumnsType() throws SQLException {
            String table = columns().get(0).table();
            assertThatThrownBy(() -> run("ALTER TABLE " + table + " ALTER col TYPE text"))
                    .hasMessageContaining("publication");
            assertThatThrownBy(() -> run("ALTER TABLE " + table + " DROP COLUMN doc"))
                    .hasMessageContaining("depend");
            run("ALTER TABLE " + table + " REPLICA IDENTITY DEFAULT");
            assertThatThrownBy(() -> run("UPDATE " + table + " SET doc = '{}'"))
                    .hasMessageContaining("cannot update table");
        }
    }
}
