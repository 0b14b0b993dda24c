package io.promotionverifier.postgres.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.compare.ExplainedReason;
import io.promotionverifier.core.compare.MismatchKind;
import io.promotionverifier.core.ledger.Counts;
import io.promotionverifier.core.settle.Finding;
import io.promotionverifier.core.settle.FindingState;
import io.promotionverifier.core.settle.Resolution;
import io.promotionverifier.postgres.catalog.RequestedPromotion;
import io.promotionverifier.postgres.engine.StreamedDatabase;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.postgresql.PGConnection;

/** What rows can do, through a real server and the real engine to the core; each test has a table of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RowsInMotionIT {
    private static final String COLUMNS = " (id int PRIMARY KEY, priority text, metadata jsonb)";
    private static final List<String> SIMPLE = List.of(
            "twice",
            "saved",
            "prepared",
            "swapped",
            "moved",
            "cut_a",
            "cut_b",
            "copied",
            "upserted",
            "loaded_a",
            "loaded_b");
    private static final Map<String, String> KEYS = Map.of(
            "uuid", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
            "text", "'a|\"b\\'",
            "date", "'2024-02-29'",
            "numeric", "1.50",
            "boolean", "true",
            "mood", "'very low'",
            "timestamptz", "'2024-02-29 10:00:00.1+02'",
            "varchar(9)", "'x y'");
    private static final int WIDE = 500;

    private final List<RequestedPromotion> wanted = new ArrayList<>();
    private final List<String> ddl = new ArrayList<>(List.of("CREATE TYPE mood AS ENUM ('very low', 'high')"));
    private final List<String> published = new ArrayList<>();
    private final StreamedDatabase database;
    private final JudgedStream stream;

    RowsInMotionIT() {
        SIMPLE.forEach(table -> table(table, COLUMNS));
        KEYS.keySet().forEach(type -> table(keyed(type), COLUMNS.replace("int", type)));
        table("mixed", " (priority text, a text, b uuid, c int, metadata jsonb, PRIMARY KEY (c, a, b))");
        table("triggered", COLUMNS);
        table("echoed", COLUMNS);
        table("parted", COLUMNS + " PARTITION BY RANGE (id)");
        ddl.add("CREATE TABLE branch PARTITION OF parted FOR VALUES FROM (0) TO (100) PARTITION BY RANGE (id)");
        ddl.add("CREATE TABLE leaf_1 PARTITION OF branch FOR VALUES FROM (0) TO (50)");
        ddl.add("CREATE TABLE leaf_2 PARTITION OF branch FOR VALUES FROM (50) TO (100)");
        ddl.add("CREATE TABLE leaf_3 PARTITION OF parted FOR VALUES FROM (100) TO (200)");
        table("wide", " (id int PRIMARY KEY, metadata jsonb, " + columns() + ", priority text)");
        ddl.add("CREATE TABLE parents (id int PRIMARY KEY)");
        table("children", " (id int PRIMARY KEY, priority int REFERENCES parents ON DELETE SET NULL, metadata jsonb)");
        wanted.set(wanted.size() - 1, Wanted.referencing("children", "parents"));
        table("several", " (id int PRIMARY KEY, priority text, a int, b text, metadata jsonb, other json)");
        TableName several = new TableName("public", "several");
        wanted.add(Wanted.of("several-a", several, "metadata", List.of("a"), "a"));
        wanted.add(Wanted.of("several-b", several, "other", List.of("b", "0"), "b"));
        wanted.add(Wanted.of("several-again", several, "other", List.of("priority"), "priority"));
        functions();
        database = new StreamedDatabase(String.join(", ", published), ddl.toArray(String[]::new));
        stream = new JudgedStream(database, wanted);
    }

    private void table(String name, String columns) {
        ddl.add("CREATE TABLE " + name + columns);
        published.add(name);
        wanted.add(Wanted.in(name));
    }

    private static String keyed(String type) {
        return "keyed_" + type.replaceAll("\\W", "");
    }

    private static String columns() {
        return IntStream.rangeClosed(4, WIDE)
                .mapToObj(i -> "c" + i + " text DEFAULT 'd'")
                .collect(Collectors.joining(", "));
    }

    private void functions() {
        ddl.add("CREATE FUNCTION dual() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN NEW.priority := NEW.metadata->>'priority'; RETURN NEW; END $$");
        ddl.add("CREATE TRIGGER dual BEFORE INSERT OR UPDATE ON triggered FOR EACH ROW EXECUTE FUNCTION dual()");
        ddl.add("CREATE FUNCTION echo() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " UPDATE echoed SET priority = NEW.metadata->>'priority' WHERE id = NEW.id; RETURN NULL; END $$");
        ddl.add("CREATE TRIGGER echo AFTER INSERT ON echoed FOR EACH ROW EXECUTE FUNCTION echo()");
    }

    @AfterAll
    void stop() {
        stream.close();
        database.close();
    }

    private static String row(String table, String key, String column, String document) {
        return "INSERT INTO " + table + " (id, priority, metadata) VALUES (" + key + ", '" + column
                + "', '{\"priority\": \"" + document + "\"}')";
    }

    private List<FindingState> states(String promotion) {
        return stream.turns(promotion).stream().map(Finding::state).toList();
    }

    @Test
    void twoStatementsOfOneTransactionAreOneWrite() {
        stream.after("BEGIN; " + row("twice", "1", "x", "y")
                + "; UPDATE twice SET priority = 'z'; UPDATE twice SET priority = 'y'; COMMIT");
        Counts counts = stream.counts("twice");
        assertThat(counts.superseded()).isEqualTo(2);
        assertThat(counts.matched()).isEqualTo(1);
        assertThat(counts.changes()).isEqualTo(3);
        assertThat(stream.turns("twice")).isEmpty();
    }

    @Test
    void whatASavepointTakesBackWasNeverWritten() {
        stream.after(
                "BEGIN; " + row("saved", "1", "x", "x")
                        + "; SAVEPOINT s; UPDATE saved SET priority = 'y'; SAVEPOINT t; DELETE FROM saved;"
                        + " ROLLBACK TO s; COMMIT",
                "BEGIN; UPDATE saved SET priority = 'z'; ROLLBACK");
        assertThat(stream.counts("saved").matched()).isEqualTo(1);
        assertThat(stream.counts("saved").changes()).isEqualTo(1);
    }

    @Test
    void aPreparedTransactionCountsWhereItIsCommittedAndOneThatIsRolledBackNever() {
        stream.after(
                "BEGIN; " + row("prepared", "1", "x", "y") + "; PREPARE TRANSACTION 'kept'",
                "BEGIN; " + row("prepared", "2", "x", "y") + "; PREPARE TRANSACTION 'dropped'",
                row("prepared", "3", "x", "x"));
        assertThat(stream.counts("prepared").changes()).isEqualTo(1);

        stream.after("ROLLBACK PREPARED 'dropped'", row("prepared", "4", "x", "x"), "COMMIT PREPARED 'kept'");
        assertThat(stream.counts("prepared").changes()).isEqualTo(3);
        assertThat(stream.counts("prepared").mismatches()).isEqualTo(1);
    }

    @Test
    void deleteAndInsertOfOneKeyKeepTheEpisode() {
        stream.after(
                row("swapped", "1", "x", "y"),
                "BEGIN; DELETE FROM swapped; " + row("swapped", "1", "x", "z") + "; COMMIT",
                "BEGIN; DELETE FROM swapped; " + row("swapped", "1", "x", "x") + "; COMMIT");
        assertThat(states("swapped"))
                .containsExactly(FindingState.SUSPECTED, FindingState.SUSPECTED, FindingState.CONVERGED);
        assertThat(stream.turns("swapped").stream().map(Finding::id).distinct()).hasSize(1);
        assertThat(stream.counts("swapped").skips()).isEqualTo(2);
    }

    @Test
    void aFindingMovesAlongWithItsPrimaryKey() {
        stream.after(
                row("moved", "1", "x", "y"), "UPDATE moved SET id = 2", "UPDATE moved SET priority = 'y' WHERE id = 2");
        List<Finding> turns = stream.turns("moved");
        assertThat(turns.stream().map(turn -> turn.key().json()))
                .containsExactly("{\"id\": 1}", "{\"id\": 2}", "{\"id\": 2}");
        assertThat(turns.get(2).state()).isEqualTo(FindingState.CONVERGED);
        assertThat(stream.counts("moved").operations().get(Operation.UPDATE)).isEqualTo(2);
    }

    @Test
    void truncatingSeveralTablesClosesTheFindingsOfEach() {
        stream.after(row("cut_a", "1", "x", "y"), row("cut_b", "1", "x", "y"), row("cut_b", "2", "x", "y"));
        stream.after("TRUNCATE cut_a, cut_b");
        for (String table : List.of("cut_a", "cut_b")) {
            assertThat(stream.status(table).findings().suspected()).isZero();
            assertThat(stream.turns(table).get(stream.turns(table).size() - 1).resolution())
                    .contains(Resolution.TRUNCATED);
            assertThat(stream.counts(table).skipped().get(Operation.TRUNCATE)).isEqualTo(1);
        }
        assertThat(stream.status("cut_b").findings().resolved()).isEqualTo(2);
    }

    @Test
    void everyTypeOfKeyNamesItsRowAlike() {
        KEYS.forEach((type, key) -> stream.after(
                row(keyed(type), key, "x", "y"),
                "UPDATE " + keyed(type) + " SET metadata = '{\"priority\": \"z\"}'",
                "UPDATE " + keyed(type) + " SET priority = 'z' WHERE id = " + key));
        for (String type : KEYS.keySet()) {
            String printed = database.column("SELECT jsonb_build_object('id', id)::text FROM " + keyed(type))
                    .get(0);
            assertThat(stream.turns(keyed(type)).stream().map(turn -> turn.key().json()))
                    .as(type)
                    .containsOnly(printed);
            assertThat(states(keyed(type)))
                    .as(type)
                    .containsExactly(FindingState.SUSPECTED, FindingState.SUSPECTED, FindingState.CONVERGED);
        }
    }

    @Test
    void aCompositeKeyInAnotherOrderThanItsColumnsNamesOneRow() {
        String uuid = "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11";
        stream.after(
                "INSERT INTO mixed VALUES ('x', 'k', '" + uuid + "', 7, '{\"priority\": \"y\"}')",
                "UPDATE mixed SET c = 8",
                "UPDATE mixed SET a = 'l', priority = 'y'",
                "DELETE FROM mixed");
        assertThat(stream.turns("mixed").stream().map(turn -> turn.key().json()))
                .containsExactly(
                        "{\"a\": \"k\", \"b\": \"" + uuid + "\", \"c\": 7}",
                        "{\"a\": \"k\", \"b\": \"" + uuid + "\", \"c\": 8}",
                        "{\"a\": \"l\", \"b\": \"" + uuid + "\", \"c\": 8}");
        assertThat(states("mixed")).endsWith(FindingState.CONVERGED);
    }

    @Test
    void rowsOfNestedPartitionsBelongToTheRootWhereverTheyMove() {
        stream.after(
                row("parted", "1", "x", "y"),
                "UPDATE parted SET id = 2",
                "UPDATE parted SET id = 60",
                "UPDATE parted SET id = 160",
                "UPDATE parted SET priority = 'y'",
                "TRUNCATE parted");
        Counts counts = stream.counts("parted");
        assertThat(counts.operations())
                .containsEntry(Operation.INSERT, 3L)
                .containsEntry(Operation.UPDATE, 2L)
                .containsEntry(Operation.DELETE, 2L)
                .containsEntry(Operation.TRUNCATE, 1L);
        assertThat(stream.status("parted").findings().suspected()).isZero();
        assertThat(stream.turns("parted").stream().map(Finding::table)).containsOnly(new TableName("public", "parted"));
    }

    @Test
    void fiveHundredColumnsHideNothing() {
        stream.after(
                row("wide", "1", "x", "y"),
                "UPDATE wide SET c300 = 'e'",
                "UPDATE wide SET priority = 'y', c500 = NULL");
        assertThat(database.column("SELECT count(*) FROM information_schema.columns WHERE table_name = 'wide'"))
                .containsExactly(Integer.toString(WIDE));
        assertThat(stream.counts("wide").mismatches()).isEqualTo(2);
        assertThat(stream.counts("wide").matched()).isEqualTo(1);
    }

    @Test
    void everyRowOfACopyIsJudged() throws SQLException, IOException {
        String rows = IntStream.range(0, 3_000)
                .mapToObj(i -> i + "\tp" + i + "\t{\"priority\": \"p" + (i % 100 == 0 ? i + 1 : i) + "\"}\n")
                .collect(Collectors.joining());
        try (Connection connection = database.connect()) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY copied FROM STDIN", new StringReader(rows));
        }
        Counts counts = stream.settled().counts("copied");
        assertThat(counts.matched()).isEqualTo(2_970);
        assertThat(counts.mismatched()).containsEntry(MismatchKind.VALUE_DIFFERS, 30L);
    }

    @Test
    void anUpsertIsWhatItDid() {
        String upsert = row("upserted", "1", "x", "x") + " ON CONFLICT (id) DO UPDATE SET priority = 'other'";
        stream.after(
                upsert, upsert, upsert + " WHERE false", row("upserted", "1", "a", "b") + " ON CONFLICT DO NOTHING");
        Counts counts = stream.counts("upserted");
        assertThat(counts.operations()).containsEntry(Operation.INSERT, 1L).containsEntry(Operation.UPDATE, 1L);
        assertThat(counts.mismatches()).isEqualTo(1);
    }

    @Test
    void aRowIsJudgedAsItsTriggersLeaveIt() {
        stream.after(row("triggered", "1", "x", "y"), "UPDATE triggered SET priority = 'z'");
        assertThat(stream.counts("triggered").matched()).isEqualTo(2);
        stream.after(row("echoed", "1", "x", "y"));
        assertThat(stream.counts("echoed").superseded()).isEqualTo(1);
        assertThat(stream.counts("echoed").matched()).isEqualTo(1);
    }

    @Test
    void aClearedColumnIsExplainedOnlyWhenTheParentIsGone() {
        stream.after(
                "INSERT INTO parents VALUES (1), (2)",
                row("children", "1", "1", "1"),
                row("children", "2", "2", "2"),
                "DELETE FROM parents WHERE id = 1",
                "UPDATE children SET priority = NULL WHERE id = 2",
                row("children", "3", "2", "seven"));
        Counts counts = stream.counts("children");
        assertThat(counts.matched()).isEqualTo(2);
        assertThat(counts.explained()).containsEntry(ExplainedReason.FK_NULLED, 1L);
        assertThat(counts.mismatched())
                .containsEntry(MismatchKind.COLUMN_MISSING, 1L)
                .containsEntry(MismatchKind.UNCASTABLE, 1L);
    }

    @Test
    void promotionsOfOneTableAreJudgedApart() {
        stream.after("INSERT INTO several VALUES (1, 'p', 7, 'b', '{\"priority\": \"p\", \"a\": 8}',"
                + " '{\"priority\": null, \"b\": [\"b\"]}')");
        assertThat(stream.counts("several").matched()).isEqualTo(1);
        assertThat(stream.counts("several-a").mismatched()).containsEntry(MismatchKind.VALUE_DIFFERS, 1L);
        assertThat(stream.counts("several-b").matched()).isEqualTo(1);
        assertThat(stream.counts("several-again").mismatched()).containsEntry(MismatchKind.DOCUMENT_MISSING, 1L);
    }

    @Test
    void tablesOfOneTransactionAreJudgedTogether() {
        stream.after("BEGIN; " + row("loaded_a", "1", "x", "y") + "; " + row("loaded_b", "1", "x", "x")
                + "; UPDATE loaded_a SET priority = 'y'; COMMIT");
        assertThat(stream.counts("loaded_a").superseded()).isEqualTo(1);
        assertThat(stream.turns("loaded_a")).isEmpty();
    }
}
