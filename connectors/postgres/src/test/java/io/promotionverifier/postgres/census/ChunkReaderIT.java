package io.promotionverifier.postgres.census;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.promotionverifier.core.census.CensusAgenda;
import io.promotionverifier.core.census.CensusChunk;
import io.promotionverifier.core.census.CensusCounts;
import io.promotionverifier.core.census.CensusRow;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.ColumnType.Kind;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.postgres.SourceDatabase;
import io.promotionverifier.postgres.access.NotSetUpException;
import io.promotionverifier.postgres.decode.KeyForm;
import io.promotionverifier.postgres.decode.KeyPart;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChunkReaderIT {
    private static final ColumnType TEXT = ColumnType.of(Kind.TEXT, "text");
    private static final int ROWS = 60;

    /** Some rows to a block. */
    private static final String WIDE = "wide char(1000) DEFAULT ''";

    private static SourceDatabase database;

    @BeforeAll
    static void start() {
        database = new SourceDatabase("CREATE TYPE \"Mo od\" AS ENUM ('z', 'y', 'x')");
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    /**
     * A key by which suspects are fetched.
     *
     * @param columns the columns as SQL
     * @param values of row {@code n}, as SQL
     * @param parts as the stream knows them
     */
    record KeyShape(String columns, String primary, String values, List<KeyPart> parts) {
        @Override
        public String toString() {
            return columns;
        }
    }

    static Stream<KeyShape> keys() {
        return Stream.of(
                new KeyShape("id bigint", "id", "n * 7 - 90", List.of(new KeyPart("id", KeyForm.NUMBER))),
                new KeyShape(
                        "a text, b int",
                        "b, a",
                        "'a' || n, n / 10",
                        List.of(new KeyPart("a", KeyForm.TEXT), new KeyPart("b", KeyForm.NUMBER))),
                new KeyShape(
                        "\"K.ey \"\"1\"\"\" uuid, k0 boolean",
                        "k0, \"K.ey \"\"1\"\"\"",
                        "md5(n::text)::uuid, n % 2 = 0",
                        List.of(new KeyPart("K.ey \"1\"", KeyForm.UUID), new KeyPart("k0", KeyForm.BOOLEAN))),
                new KeyShape(
                        "z timestamptz, m \"Mo od\", n numeric(10,2), c char(5)",
                        "m, z, n, c",
                        "timestamptz '2025-01-15 08:00:00.1+03' + n * interval '7 hours',"
                                + " (ARRAY['z','y','x'])[1 + n % 3]::\"Mo od\", n / 3.0, 'é' || n",
                        List.of(
                                new KeyPart("z", KeyForm.TIMESTAMPTZ),
                                new KeyPart("m", KeyForm.TEXT),
                                new KeyPart("n", KeyForm.NUMBER),
                                new KeyPart("c", KeyForm.TEXT))),
                new KeyShape(
                        "d date, t timestamp",
                        "d, t",
                        "date '0044-03-15 BC' + n * 40000, timestamp '2025-01-15 08:00:00' + n * interval '1 microsecond'",
                        List.of(new KeyPart("d", KeyForm.DATE), new KeyPart("t", KeyForm.TIMESTAMP))));
    }

    private static CensusTable table(String name, List<KeyPart> key) {
        TableName table = new TableName("public", name);
        return CensusTable.of(
                table,
                key,
                List.of(CensusTable.promotion(
                        table,
                        new DocumentPath("metadata", List.of("priority")),
                        "priority",
                        TEXT,
                        Phase.B,
                        Promotion.Domain.ALL)));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyRowIsReadOnceWhateverItsKey(KeyShape key) {
        database.run(
                "DROP TABLE IF EXISTS walked",
                "CREATE TABLE walked (" + key.columns() + ", metadata jsonb, priority text, " + WIDE + ", PRIMARY KEY ("
                        + key.primary() + "))",
                "INSERT INTO walked SELECT " + key.values() + ", '{\"priority\": \"x\"}', 'y' FROM generate_series(1, "
                        + ROWS + ") AS n");
        database.run("SET TimeZone = 'UTC'");
        List<CensusChunk> chunks = table("walked", key.parts()).chunks(database, 1);
        assertThat(chunks).hasSizeGreaterThan(ROWS / 8);
        List<String> keys = chunks.stream()
                .flatMap(chunk -> chunk.suspects().stream())
                .map(CensusRow::key)
                .map(row -> row.json())
                .toList();
        String expected = database.one(
                "SELECT string_agg((to_jsonb(w) - 'metadata' - 'priority' - 'wide')::text, E'\\n')" + " FROM walked w");
        assertThat(keys).hasSize(ROWS).containsExactlyInAnyOrder(expected.split("\n"));
    }

    @Test
    void aTableWithoutAnyPartitionIsReadAndHasNoRows() {
        database.run(
                "CREATE TABLE bare (id bigint PRIMARY KEY, metadata jsonb, priority text) PARTITION BY RANGE (id)");
        List<CensusChunk> chunks =
                table("bare", List.of(new KeyPart("id", KeyForm.NUMBER))).chunks(database, 1);
        assertThat(chunks).hasSize(1);
        assertThat(chunks.get(0).counts().get(0).rows()).isZero();
    }

    @Test
    void partitionsAreOneTableAndThoseWhoInheritAreNot() {
        database.run(
                "CREATE TABLE parted (id bigint PRIMARY KEY, metadata jsonb, priority text, " + WIDE
                        + ") PARTITION BY RANGE (id)",
                "CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (30)",
                "CREATE TABLE parted_2 (priority text, spare int, id bigint PRIMARY KEY, metadata jsonb, " + WIDE + ")",
                "ALTER TABLE parted_2 DROP COLUMN spare",
                "ALTER TABLE parted ATTACH PARTITION parted_2 FOR VALUES FROM (30) TO (100)",
                "INSERT INTO parted SELECT n, '{\"priority\": \"x\"}', CASE WHEN n % 10 = 0 THEN 'y' ELSE 'x' END"
                        + " FROM generate_series(1, 60) AS n",
                "CREATE TABLE parent (id bigint PRIMARY KEY, metadata jsonb, priority text)",
                "CREATE TABLE child () INHERITS (parent)",
                "INSERT INTO parent VALUES (1, '{}', NULL)",
                "INSERT INTO child VALUES (2, '{}', 'x')");
        List<KeyPart> id = List.of(new KeyPart("id", KeyForm.NUMBER));
        List<CensusChunk> chunks = table("parted", id).chunks(database, 1);
        assertThat(chunks).hasSizeGreaterThan(2);
        assertThat(chunks.stream()
                        .flatMap(chunk -> chunk.suspects().stream())
                        .map(row -> row.key().json()))
                .containsExactlyInAnyOrder(
                        "{\"id\": 10}", "{\"id\": 20}", "{\"id\": 30}", "{\"id\": 40}", "{\"id\": 50}", "{\"id\": 60}");
        assertThat(counts(chunks)).isEqualTo(new CensusCounts(60, 60, 60, 0, Set.of()));

        List<CensusChunk> alone = table("parent", id).chunks(database, 13);
        assertThat(alone).hasSize(1);
        assertThat(alone.get(0).suspects()).isEmpty();
        assertThat(counts(alone).rows()).isEqualTo(1);
    }

    private static CensusCounts counts(List<CensusChunk> chunks) {
        return chunks.stream().map(chunk -> chunk.counts().get(0)).reduce(CensusCounts.NONE, CensusCounts::plus);
    }

    @Test
    void whatBothSidesHoldIsCountedWhoeverJudgesTheRow() {
        database.run(
                "CREATE TABLE counted (id bigint PRIMARY KEY, metadata jsonb, priority text)",
                "INSERT INTO counted VALUES (1, '{\"priority\": \"low\"}', 'low'), (2, '{\"priority\": \"high\"}', NULL),"
                        + " (3, '{}', 'low'), (4, NULL, NULL), (5, '{\"priority\": null}', NULL),"
                        + " (6, '{\"priority\": \"odd\"}', 'odd')");
        TableName table = new TableName("public", "counted");
        Promotion promotion = CensusTable.promotion(
                table,
                new DocumentPath("metadata", List.of("priority")),
                "priority",
                TEXT,
                Phase.B,
                new Promotion.Domain(Optional.of(Set.of("low", "high", "urgent")), false));
        CensusTable counted = CensusTable.of(table, List.of(new KeyPart("id", KeyForm.NUMBER)), List.of(promotion));
        assertThat(counts(counted.chunks(database, 2))).isEqualTo(new CensusCounts(6, 4, 3, 1, Set.of("low", "high")));
    }

    @Test
    void aChunkSeesItsSnapshotAndTellsWhichTransactionsItDoesNotSee() throws SQLException {
        database.run(
                "CREATE TABLE raced (id bigint PRIMARY KEY, metadata jsonb, priority text)",
                "INSERT INTO raced VALUES (1, '{\"priority\": \"x\"}', 'y')");
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("UPDATE raced SET priority = 'x'");
            long transaction = Long.parseLong(database.one(
                    "SELECT max(transactionid::text::bigint) FROM pg_locks WHERE locktype = 'transactionid'"));
            CensusChunk chunk = table("raced", List.of(new KeyPart("id", KeyForm.NUMBER)))
                    .chunks(database, 9)
                    .get(0);
            assertThat(chunk.suspects()).hasSize(1);
            assertThat(chunk.view().orElseThrow().snapshot().sees(transaction)).isFalse();
            assertThat(chunk.view()
                            .orElseThrow()
                            .snapshot()
                            .sees(chunk.suspects().get(0).writer()))
                    .isTrue();
            other.commit();
            CensusChunk later = table("raced", List.of(new KeyPart("id", KeyForm.NUMBER)))
                    .chunks(database, 9)
                    .get(0);
            assertThat(later.suspects()).isEmpty();
            assertThat(later.view().orElseThrow().snapshot().sees(transaction)).isTrue();
        }
    }

    @Test
    void aTableThatWasWrittenAnewIsNotReadOnAndOneThatWasWrittenToIs() {
        database.run(
                "CREATE TABLE moved (id bigint PRIMARY KEY, metadata jsonb, priority text, " + WIDE + ")",
                "INSERT INTO moved SELECT n, '{}', NULL FROM generate_series(1, 30) AS n");
        CensusTable moved = table("moved", List.of(new KeyPart("id", KeyForm.NUMBER)));
        try (ChunkReader reader = moved.reader(database, 1)) {
            CensusAgenda.Task first = new CensusAgenda.Task(new CensusChunk.Place(moved.name(), 1, 0), List.of(), 0);
            CensusAgenda.Task second =
                    first.behind(reader.read(first).orElseThrow()).orElseThrow();
            database.run("DELETE FROM moved WHERE id < 3", "VACUUM moved", "INSERT INTO moved VALUES (1, '{}', NULL)");
            assertThat(reader.read(second)).isPresent();
            database.run("VACUUM FULL moved");
            assertThat(reader.read(second)).isEmpty();
            assertThat(reader.read(first)).isPresent();
        }
    }

    @Test
    void aCensusOfAnotherVersionThatWalkedAlongTheKeyBeginsAgain() {
        database.run("CREATE TABLE older (id bigint PRIMARY KEY, metadata jsonb, priority text)");
        CensusTable older = table("older", List.of(new KeyPart("id", KeyForm.NUMBER)));
        try (ChunkReader reader = older.reader(database, 1)) {
            CensusChunk.Place place = new CensusChunk.Place(older.name(), 1, 7);
            assertThat(reader.read(new CensusAgenda.Task(place, List.of("4711"), 0)))
                    .isEmpty();
        }
    }

    @Test
    void aTableThatIsGoneIsTold() {
        CensusTable gone = table("gone", List.of(new KeyPart("id", KeyForm.NUMBER)));
        assertThatExceptionOfType(NotSetUpException.class).isThrownBy(() -> gone.chunks(database, 9));
    }
}
