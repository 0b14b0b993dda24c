package io.promotionverifier.postgres.decode;

import static io.promotionverifier.postgres.engine.StreamedDatabase.promotion;
import static io.promotionverifier.postgres.engine.StreamedDatabase.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.ColumnValue;
import io.promotionverifier.core.change.DocumentValue;
import io.promotionverifier.core.change.DocumentValue.Absence;
import io.promotionverifier.core.change.DocumentValue.Shape;
import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.change.Unreadable;
import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.ColumnType.Kind;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.stream.Arrival;
import io.promotionverifier.postgres.engine.Shown;
import io.promotionverifier.postgres.engine.StreamedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every kind of change through a real server and the real engine; each test has a table of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordDecoderIT {
    private static final ColumnType TEXT = ColumnType.of(Kind.TEXT, "text");
    private static final String ODD = "\"Odd.Ta\"\"b,le É\"";
    private static final String WIDE = "CREATE TABLE %1$s (id int PRIMARY KEY, t text, a text[], j json, b jsonb,"
            + " other int); ALTER TABLE %1$s ALTER t SET STORAGE EXTERNAL, ALTER a SET STORAGE EXTERNAL,"
            + " ALTER j SET STORAGE EXTERNAL, ALTER b SET STORAGE EXTERNAL";
    private static final List<String> SIMPLE = List.of(
            "plain",
            "defaulted",
            "placeholder",
            "rekeyed",
            "cut_a",
            "cut_b",
            "many",
            "rolled",
            "swapped",
            "woven_a",
            "woven_b",
            "altered",
            "big",
            "bigfull",
            "parted");

    private final StreamedDatabase database = new StreamedDatabase(published(), ddl());
    private final Shown shown = new Shown(database.settings(tables()));

    private static String published() {
        return String.join(", ", SIMPLE) + ", typed, keyed, wide, widefull, " + ODD;
    }

    private static String[] ddl() {
        StringBuilder ddl = new StringBuilder();
        for (String table : SIMPLE) {
            ddl.append("CREATE TABLE ")
                    .append(table)
                    .append(
                            "(id bigint PRIMARY KEY, priority text DEFAULT 'normal', metadata jsonb, other timestamptz)")
                    .append(table.equals("parted") ? " PARTITION BY RANGE (id);" : ";");
        }
        return new String[] {
            ddl.toString(),
            "CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (100)",
            "CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM (100) TO (200)",
            "ALTER TABLE big ALTER metadata SET STORAGE EXTERNAL",
            "ALTER TABLE bigfull ALTER metadata SET STORAGE EXTERNAL, REPLICA IDENTITY FULL",
            WIDE.formatted("wide"),
            WIDE.formatted("widefull"),
            "ALTER TABLE widefull REPLICA IDENTITY FULL",
            "CREATE TYPE mood AS ENUM ('low', 'high')",
            "CREATE TABLE typed (id int PRIMARY KEY, t text, b boolean, s smallint, i int, l bigint, n numeric,"
                    + " nn numeric(10,2), u uuid, z timestamptz, m mood, metadata jsonb, whole text)",
            "CREATE TABLE keyed (k text, \"é\" uuid, ab timestamptz, bb date, c numeric(10,2), d timestamp, e boolean,"
                    + " f mood, g bigint, PRIMARY KEY (k, \"é\", ab, bb, c, d, e, f, g), priority text, metadata jsonb)",
            "CREATE TABLE " + ODD + " (\"K.ey,1\" text, \"Id\" int, \"Pro, mo\" text, \" d oc\" jsonb,"
                    + " PRIMARY KEY (\"K.ey,1\", \"Id\"))"
        };
    }

    private static CapturedTable[] tables() {
        List<CapturedTable> tables = new ArrayList<>();
        SIMPLE.forEach(name -> tables.add(table(name)));
        tables.add(new CapturedTable(
                new TableName("public", "typed"),
                List.of(new KeyPart("id", KeyForm.NUMBER)),
                List.of(
                        promotion("t", TEXT),
                        promotion("b", ColumnType.of(Kind.BOOLEAN, "boolean")),
                        promotion("s", ColumnType.of(Kind.SMALLINT, "smallint")),
                        promotion("i", ColumnType.of(Kind.INTEGER, "integer")),
                        promotion("l", ColumnType.of(Kind.BIGINT, "bigint")),
                        promotion("n", ColumnType.of(Kind.NUMERIC, "numeric")),
                        promotion("nn", ColumnType.numeric(10, 2)),
                        promotion("u", ColumnType.of(Kind.UUID, "uuid")),
                        promotion("z", ColumnType.of(Kind.TIMESTAMPTZ, "timestamp with time zone")),
                        promotion("m", ColumnType.enumeration("mood", List.of("low", "high"))),
                        new CapturedPromotion(new DocumentPath("whole", List.of()), "t", TEXT),
                        new CapturedPromotion(new DocumentPath("whole", List.of("a")), "t", TEXT),
                        new CapturedPromotion(new DocumentPath("metadata", List.of("i")), "i", TEXT))));
        tables.add(new CapturedTable(
                new TableName("public", "keyed"),
                List.of(
                        new KeyPart("k", KeyForm.TEXT),
                        new KeyPart("é", KeyForm.UUID),
                        new KeyPart("ab", KeyForm.TIMESTAMPTZ),
                        new KeyPart("bb", KeyForm.DATE),
                        new KeyPart("c", KeyForm.NUMBER),
                        new KeyPart("d", KeyForm.TIMESTAMP),
                        new KeyPart("e", KeyForm.BOOLEAN),
                        new KeyPart("f", KeyForm.TEXT),
                        new KeyPart("g", KeyForm.NUMBER)),
                List.of(promotion("priority", TEXT))));
        tables.add(new CapturedTable(
                new TableName("public", "Odd.Ta\"b,le É"),
                List.of(new KeyPart("K.ey,1", KeyForm.TEXT), new KeyPart("Id", KeyForm.NUMBER)),
                List.of(new CapturedPromotion(new DocumentPath(" d oc", List.of("a.b")), "Pro, mo", TEXT))));
        ColumnType array = ColumnType.array("text[]", TEXT);
        for (String wide : List.of("wide", "widefull")) {
            tables.add(new CapturedTable(
                    new TableName("public", wide),
                    List.of(new KeyPart("id", KeyForm.NUMBER)),
                    List.of(
                            new CapturedPromotion(new DocumentPath("j", List.of("k")), "t", TEXT),
                            new CapturedPromotion(new DocumentPath("b", List.of("k")), "a", array),
                            new CapturedPromotion(new DocumentPath("t", List.of()), "t", TEXT))));
        }
        return tables.toArray(CapturedTable[]::new);
    }

    @BeforeAll
    void waitForTheFirstMark() {
        shown.await(database.beat());
    }

    @AfterAll
    void stop() {
        shown.close();
        database.close();
    }

    private List<RowEvent> after(String table, String... statements) {
        database.run(statements);
        shown.await(database.beat());
        return shown.events(table);
    }

    private static Reading reading(String column, String document) {
        return new Reading(
                new ColumnValue.Present(column), new DocumentValue.Present(DocumentValue.Shape.STRING, document));
    }

    private static Optional<RowKey> key(int id) {
        return Optional.of(new RowKey("{\"id\": " + id + "}"));
    }

    @Test
    void insertUpdateAndDeleteCarryKeyAndBothSides() {
        List<RowEvent> events = after(
                "plain",
                "INSERT INTO plain VALUES (1, 'low', '{\"priority\": \"high\"}', now())",
                "UPDATE plain SET priority = 'high' WHERE id = 1",
                "DELETE FROM plain WHERE id = 1");
        events = events.stream().filter(event -> event.key().equals(key(1))).toList();
        assertThat(events)
                .extracting(RowEvent::operation)
                .containsExactly(Operation.INSERT, Operation.UPDATE, Operation.DELETE);
        assertThat(events).extracting(RowEvent::key).containsOnly(key(1));
        assertThat(events.get(0).readings()).containsExactly(reading("low", "high"));
        assertThat(events.get(1).readings()).containsExactly(reading("high", "high"));
        assertThat(events.get(2).readings()).isEmpty();
        assertThat(events).extracting(RowEvent::oldKey).containsOnly(Optional.empty());
    }

    @Test
    void nullIsNeverTheColumnsDefault() {
        List<RowEvent> events = after("defaulted", "INSERT INTO defaulted VALUES (1, NULL, NULL), (2, NULL, 'null')");
        assertThat(events.get(0).readings())
                .containsExactly(new Reading(new ColumnValue.Null(), new DocumentValue.Absent(Absence.NULL_DOCUMENT)));
        assertThat(events.get(1).readings())
                .containsExactly(new Reading(new ColumnValue.Null(), new DocumentValue.Absent(Absence.MISSING_KEY)));
    }

    @Test
    void debeziumsOwnPlaceholderIsATextLikeAnyOther() {
        String text = "__debezium_unavailable_value";
        List<RowEvent> events = after(
                "placeholder",
                "INSERT INTO placeholder VALUES (1, '" + text + "', '{\"priority\": \"" + text + "\"}')");
        assertThat(events.get(0).readings()).containsExactly(reading(text, text));
    }

    @Test
    void aKeyChangeIsOneUpdateThatNamesTheOldKey() {
        List<RowEvent> events = after(
                "rekeyed",
                "INSERT INTO rekeyed VALUES (1, 'low', '{\"priority\": \"low\"}')",
                "UPDATE rekeyed SET id = 2");
        assertThat(events).hasSize(2);
        assertThat(events.get(1).operation()).isEqualTo(Operation.UPDATE);
        assertThat(events.get(1).key()).isEqualTo(key(2));
        assertThat(events.get(1).oldKey()).isEqualTo(key(1));
        assertThat(events.get(1).readings()).containsExactly(reading("low", "low"));
    }

    @Test
    void truncatingTwoTablesIsOneEventForEach() {
        after("cut_a", "INSERT INTO cut_a VALUES (1); INSERT INTO cut_b VALUES (1)", "TRUNCATE cut_a, cut_b");
        for (String table : List.of("cut_a", "cut_b")) {
            assertThat(shown.events(table))
                    .extracting(RowEvent::operation)
                    .containsExactly(Operation.INSERT, Operation.TRUNCATE);
            assertThat(shown.events(table).get(1).key()).isEmpty();
        }
    }

    @Test
    void everyRowOfOneStatementArrivesInOneTransaction() {
        after(
                "many",
                "INSERT INTO many SELECT i, 'x', '{}' FROM generate_series(1, 1200) i",
                "UPDATE many SET priority = 'y'");
        List<Arrival.Row> rows = shown.rows().stream()
                .filter(row -> row.event().table().name().equals("many"))
                .toList();
        assertThat(rows).hasSize(2400);
        assertThat(rows.stream().map(Arrival.Row::transaction).distinct()).hasSize(2);
        assertThat(rows.subList(0, 1200)).extracting(row -> row.event().key()).doesNotHaveDuplicates();
        List<String> commits = database.column("SELECT DISTINCT xmin FROM many");
        assertThat(commits).containsExactly(Long.toString(rows.get(2399).transaction()));
    }

    @Test
    void whatIsRolledBackNeverArrives() {
        List<RowEvent> events = after(
                "rolled",
                "BEGIN; INSERT INTO rolled VALUES (1); ROLLBACK",
                "BEGIN; INSERT INTO rolled VALUES (2); SAVEPOINT s; INSERT INTO rolled VALUES (3);"
                        + " ROLLBACK TO s; INSERT INTO rolled VALUES (4); COMMIT");
        assertThat(events).extracting(RowEvent::key).containsExactly(key(2), key(4));
    }

    @Test
    void deleteAndInsertOfOneKeyStayTwoChangesInOrder() {
        List<RowEvent> events = after(
                "swapped",
                "INSERT INTO swapped VALUES (1, 'a', '{\"priority\": \"a\"}')",
                "BEGIN; DELETE FROM swapped; INSERT INTO swapped VALUES (1, 'b', '{\"priority\": \"b\"}'); COMMIT");
        assertThat(events)
                .extracting(RowEvent::operation)
                .containsExactly(Operation.INSERT, Operation.DELETE, Operation.INSERT);
        assertThat(events).extracting(RowEvent::oldKey).containsOnly(Optional.empty());
        assertThat(events.get(2).readings()).containsExactly(reading("b", "b"));
    }

    @Test
    void interleavedTransactionsArriveWholeInCommitOrderThoughTheirPositionsFall() throws SQLException {
        try (Connection first = database.connect();
                Connection second = database.connect();
                Statement one = first.createStatement();
                Statement two = second.createStatement()) {
            first.setAutoCommit(false);
            second.setAutoCommit(false);
            one.execute("INSERT INTO woven_a VALUES (1)");
            two.execute("INSERT INTO woven_b VALUES (1)");
            one.execute("INSERT INTO woven_a VALUES (2)");
            two.execute("INSERT INTO woven_b VALUES (2)");
            second.commit();
            first.commit();
        }
        shown.await(database.beat());
        List<Arrival.Row> rows = shown.rows().stream()
                .filter(row -> row.event().table().name().startsWith("woven"))
                .toList();
        assertThat(rows)
                .extracting(row -> row.event().table().name())
                .containsExactly("woven_b", "woven_b", "woven_a", "woven_a");
        assertThat(rows.get(2).lsn()).isLessThan(rows.get(1).lsn());
        assertThat(rows.get(0).commitTime()).isBefore(rows.get(2).commitTime());
        assertThat(rows.get(0).lastCommit()).isEqualTo(rows.get(1).lastCommit());
        assertThat(rows.get(2).lastCommit().orElseThrow())
                .isGreaterThan(rows.get(1).lastCommit().orElseThrow());
    }

    @Test
    void namesWithDotsCommasQuotesAndCapitalsAreLiteral() {
        List<RowEvent> events = after(
                "Odd.Ta\"b,le É",
                "INSERT INTO " + ODD + " VALUES ('a\"b,c\\ü', 7, 'v', '{\"a.b\": \"w\", \"a\": {\"b\": \"x\"}}')");
        assertThat(events).hasSize(1);
        assertThat(events.get(0).key().orElseThrow().json()).isEqualTo("{\"Id\": 7, \"K.ey,1\": \"a\\\"b,c\\\\ü\"}");
        assertThat(events.get(0).readings()).containsExactly(reading("v", "w"));
    }

    @Test
    void partitionsShowTheirRootAndAMoveIsADeleteAndAnInsert() {
        List<RowEvent> events = after(
                "parted",
                "INSERT INTO parted VALUES (1, 'a', '{\"priority\": \"a\"}')",
                "UPDATE parted SET id = 2",
                "UPDATE parted SET id = 150");
        assertThat(events)
                .extracting(RowEvent::operation)
                .containsExactly(Operation.INSERT, Operation.UPDATE, Operation.DELETE, Operation.INSERT);
        assertThat(events.get(3).oldKey()).isEmpty();
        assertThat(events.get(3).key()).isEqualTo(key(150));
    }

    @Test
    void anUnchangedDocumentOutOfLineIsUnavailableUnlessTheIdentityIsFull() {
        String insert = " VALUES (1, 'a', jsonb_build_object('priority', 'a', 'pad', repeat('x', 9000)))";
        for (String table : List.of("big", "bigfull")) {
            after(
                    table,
                    "INSERT INTO " + table + insert,
                    "UPDATE " + table + " SET priority = 'b'",
                    "UPDATE " + table + " SET id = 2");
        }
        Reading toast = new Reading(new ColumnValue.Present("b"), new DocumentValue.Unavailable(Unreadable.TOAST));
        assertThat(shown.events("big")).hasSize(3);
        assertThat(shown.events("big").get(1).readings()).containsExactly(toast);
        assertThat(shown.events("big").get(2).readings()).containsExactly(toast);
        assertThat(shown.events("bigfull").get(1).readings()).containsExactly(reading("b", "a"));
        assertThat(shown.events("bigfull").get(2).readings()).containsExactly(reading("b", "a"));
        assertThat(shown.events("bigfull").get(2).oldKey()).isEqualTo(key(1));
    }

    @Test
    void withFullIdentityEveryTypeThatCanBeOutOfLineComesFromTheOldRow() {
        for (String table : List.of("wide", "widefull")) {
            after(
                    table,
                    "INSERT INTO " + table + " VALUES (1, repeat('t', 9000), ARRAY[repeat('a', 9000)],"
                            + " json_build_object('k', 'j', 'pad', repeat('x', 9000)),"
                            + " jsonb_build_object('k', 'b', 'pad', repeat('x', 9000)), 0)",
                    "UPDATE " + table + " SET other = 1");
        }
        List<Reading> toast = shown.events("wide").get(1).readings();
        assertThat(toast).allMatch(Reading::lacksColumn).allMatch(Reading::lacksDocument);
        List<Reading> merged = shown.events("widefull").get(1).readings();
        assertThat(merged).isEqualTo(shown.events("widefull").get(0).readings());
        assertThat(merged).noneMatch(Reading::lacksColumn).noneMatch(Reading::lacksDocument);
        assertThat(merged.get(0).column()).isEqualTo(new ColumnValue.Present("t".repeat(9000)));
        assertThat(merged)
                .extracting(Reading::document)
                .containsExactly(
                        new DocumentValue.Present(Shape.STRING, "j"),
                        new DocumentValue.Present(Shape.STRING, "b"),
                        new DocumentValue.Present(Shape.PLAIN, "t".repeat(9000)));
    }

    @Test
    void anAbsentOrRetypedColumnIsNeverNull() {
        List<RowEvent> events = after(
                "altered",
                "INSERT INTO altered VALUES (1, '5', '{\"priority\": \"5\"}')",
                "ALTER TABLE altered ALTER priority DROP DEFAULT, ALTER priority TYPE int USING priority::int",
                "INSERT INTO altered VALUES (2, 5, '{\"priority\": \"5\"}')",
                "ALTER TABLE altered DROP COLUMN priority, DROP COLUMN metadata",
                "INSERT INTO altered VALUES (3)",
                "ALTER TABLE altered ADD COLUMN priority text, ADD COLUMN metadata jsonb",
                "INSERT INTO altered VALUES (4, NULL, '5', '{\"priority\": \"5\"}')");
        Reading retyped = new Reading(
                new ColumnValue.Unavailable(Unreadable.SCHEMA), new DocumentValue.Present(Shape.STRING, "5"));
        Reading absent = new Reading(
                new ColumnValue.Unavailable(Unreadable.SCHEMA), new DocumentValue.Unavailable(Unreadable.SCHEMA));
        assertThat(events)
                .extracting(event -> event.readings().get(0))
                .containsExactly(reading("5", "5"), retyped, absent, reading("5", "5"));
    }

    @Test
    void everyTypeArrivesAsTheServerPrintsIt() {
        String rows = "(1, '', true, -32768, -2147483648, -9223372036854775808, 'NaN', -0.10,"
                + " 'A0EEBC999C0B4EF8BB6D6BB9BD380A11', '2025-01-15 10:00:00.1+02', 'low'),"
                + "(2, E'a\\tb\\u00e9', false, 0, 0, 0, 'Infinity', 12345678.90, NULL, 'infinity', 'high'),"
                + "(3, NULL, NULL, NULL, NULL, NULL, '-Infinity', NULL, NULL, '-infinity', NULL),"
                + "(4, 'infinity', NULL, NULL, NULL, NULL, 1e30, NULL, NULL, '0044-03-15 10:00:00+00 BC', NULL),"
                + "(5, 'NaN', NULL, NULL, NULL, NULL, 1.50e-30, NULL, NULL, '20044-03-15 10:00:00.123456+05', NULL),"
                + "(6, ' x ', NULL, NULL, NULL, NULL, repeat('9', 2000)::numeric, NULL, NULL, '1500-02-28 23:59:59+00', NULL),"
                + "(7, '0', NULL, NULL, NULL, NULL, 0.000, NULL, NULL, '1899-12-31 00:00:00+00', NULL),"
                + "(8, '0', NULL, NULL, NULL, NULL, 0, NULL, NULL, '4713-01-01 00:00:00+00 BC', NULL)";
        after("typed", "INSERT INTO typed (id, t, b, s, i, l, n, nn, u, z, m) VALUES " + rows);
        List<RowEvent> events =
                IntStream.rangeClosed(1, 8).mapToObj(this::typed).toList();
        String[] columns = {"t", "b", "s", "i", "l", "n", "nn", "u", "z", "m"};
        for (int i = 0; i < columns.length; i++) {
            int place = i;
            List<String> printed = database.column(
                    "SELECT to_jsonb(" + columns[i] + ") #>> '{}' FROM typed WHERE id <= 8 ORDER BY id");
            assertThat(events.stream()
                            .map(event -> text(event.readings().get(place).column())))
                    .as(columns[i])
                    .containsExactlyElementsOf(printed);
        }
        assertThat(database.column("SELECT bool_and((to_jsonb(z) #>> '{}')::timestamptz = z)::text FROM typed"))
                .containsExactly("true");
    }

    private RowEvent typed(int id) {
        return shown.events("typed").stream()
                .filter(row -> row.key().equals(key(id)))
                .findFirst()
                .orElseThrow();
    }

    private static String text(ColumnValue value) {
        return value instanceof ColumnValue.Present present ? present.text() : "null";
    }

    @Test
    void aWholeColumnThatIsNoJsonIsComparedAsItIs() {
        database.run("INSERT INTO typed (id, t, whole) VALUES (101, 'x', 'claim \"5\"')");
        shown.await(database.beat());
        RowEvent event = typed(101);
        assertThat(event.readings().get(10).document())
                .isEqualTo(new DocumentValue.Present(Shape.PLAIN, "claim \"5\""));
        assertThat(event.readings().get(11).document()).isEqualTo(new DocumentValue.Unavailable(Unreadable.SCHEMA));
    }

    @Test
    void anEnumLabelAddedLaterArrives() {
        database.run("ALTER TYPE mood ADD VALUE 'urgent'", "INSERT INTO typed (id, m) VALUES (201, 'urgent')");
        shown.await(database.beat());
        RowEvent event = typed(201);
        assertThat(event.readings().get(9).column()).isEqualTo(new ColumnValue.Present("urgent"));
    }

    @Test
    void rowKeysAreWhatToJsonbGives() {
        List<RowEvent> events = after(
                "keyed",
                "INSERT INTO keyed VALUES"
                        + " (E'a\"\\\\\\n\\t\\u0001/é😀', 'A0EEBC999C0B4EF8BB6D6BB9BD380A11', '2025-01-15 10:00:00.10+02',"
                        + " '2024-02-29', 1.5, '2024-02-29 10:00:00.5', true, 'low', -5, 'x', '{}'),"
                        + " ('', 'A0EEBC999C0B4EF8BB6D6BB9BD380A11', '0044-03-15 10:00:00+00 BC',"
                        + " '0044-03-15 BC', 'NaN', '0044-03-15 10:00:00 BC', false, 'high', 0, 'x', '{}'),"
                        + " ('z', 'A0EEBC999C0B4EF8BB6D6BB9BD380A11', 'infinity',"
                        + " 'infinity', 0, '-infinity', false, 'high', 0, 'x', '{}')");
        List<String> printed =
                database.column("SELECT jsonb_build_object('k', k, 'é', \"é\", 'ab', ab, 'bb', bb, 'c', c,"
                        + " 'd', d, 'e', e, 'f', f, 'g', g)::text FROM keyed ORDER BY k = '', k = 'z'");
        assertThat(events.stream().map(event -> event.key().orElseThrow().json()))
                .containsExactlyInAnyOrderElementsOf(printed);
    }

    @Test
    void commitTimeIsTheServers() {
        database.run("INSERT INTO plain VALUES (900)");
        shown.await(database.beat());
        Arrival.Row row = shown.rows().get(shown.rows().size() - 1);
        assertThat(Duration.between(row.commitTime(), Instant.now())).isBetween(Duration.ZERO, Duration.ofSeconds(20));
        assertThat(row.commitTime()).isEqualTo(row.commitTime().truncatedTo(ChronoUnit.MICROS));
    }

    @Test
    void onlyOurOwnNonTransactionalMessagesAreHeartbeats() {
        int before = shown.heartbeats().size();
        String prefix = StreamedDatabase.PREFIX;
        database.run(
                "SELECT pg_logical_emit_message(true, '" + prefix + "', '2025-01-16T12:00:00.123456Z n')",
                "SELECT pg_logical_emit_message(false, '" + prefix + "', 'nonsense')",
                "SELECT pg_logical_emit_message(false, '" + prefix + "x', '2025-01-16T12:00:00.123456Z n')",
                "SELECT pg_logical_emit_message(false, '" + prefix + "', '2025-01-16T12:00:00.123456Z n')");
        shown.await(database.beat());
        List<Arrival.Heartbeat> heartbeats = shown.heartbeats();
        assertThat(heartbeats).hasSize(before + 2);
        assertThat(heartbeats.get(before).time()).isEqualTo(Instant.parse("2025-01-16T12:00:00.123456Z"));
        assertThat(heartbeats.get(before).lsn())
                .isLessThan(heartbeats.get(before + 1).lsn());
    }
}
