package io.promotionverifier.postgres.reread;

import static io.promotionverifier.postgres.engine.StreamedDatabase.promotion;
import static io.promotionverifier.postgres.engine.StreamedDatabase.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.promotionverifier.core.change.ColumnValue;
import io.promotionverifier.core.change.DocumentValue;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.change.Reread;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.change.RowVersion;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.change.Unreadable;
import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.stream.Arrival;
import io.promotionverifier.core.stream.Holdback;
import io.promotionverifier.core.stream.Rereads;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.SourceBusyException;
import io.promotionverifier.postgres.access.Timeouts;
import io.promotionverifier.postgres.decode.CapturedPromotion;
import io.promotionverifier.postgres.decode.CapturedTable;
import io.promotionverifier.postgres.decode.KeyForm;
import io.promotionverifier.postgres.decode.KeyPart;
import io.promotionverifier.postgres.engine.CaptureSettings;
import io.promotionverifier.postgres.engine.Shown;
import io.promotionverifier.postgres.engine.StreamedDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Rows looked at by key, against the same rows as the real engine shows them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VersionReaderIT {
    private static final ColumnType TEXT = ColumnType.of(ColumnType.Kind.TEXT, "text");
    private static final String LARGE = "jsonb_build_object('priority', 'a', 'pad', repeat('x', 9000))";

    private static final RereadTable KEYED = new RereadTable(
            new CapturedTable(
                    new TableName("public", "Odd.Ta\"b,le É"),
                    List.of(
                            new KeyPart("K.ey \"1\"", KeyForm.TEXT),
                            new KeyPart("é", KeyForm.UUID),
                            new KeyPart("ab", KeyForm.TIMESTAMPTZ),
                            new KeyPart("bb", KeyForm.DATE),
                            new KeyPart("c", KeyForm.NUMBER),
                            new KeyPart("d", KeyForm.TIMESTAMP),
                            new KeyPart("e", KeyForm.BOOLEAN),
                            new KeyPart("f", KeyForm.TEXT),
                            new KeyPart("g", KeyForm.NUMBER),
                            new KeyPart("h", KeyForm.TEXT)),
                    List.of(
                            new CapturedPromotion(new DocumentPath(" d oc", List.of("a.b")), "Pro, mo", TEXT),
                            promotion("n", ColumnType.numeric(10, 2)),
                            new CapturedPromotion(new DocumentPath("plain", List.of()), "Pro, mo", TEXT))),
            List.of(
                    "text",
                    "uuid",
                    "timestamp with time zone",
                    "date",
                    "numeric(10,2)",
                    "timestamp without time zone",
                    "boolean",
                    "public.mood",
                    "bigint",
                    "character(5)"),
            false);
    private static final RereadTable BIG = new RereadTable(table("big"), List.of("bigint"), false);
    private static final RereadTable PARTED = new RereadTable(table("parted"), List.of("bigint"), true);

    private final StreamedDatabase database = new StreamedDatabase(
            "\"Odd.Ta\"\"b,le É\", big, parted",
            "CREATE TYPE mood AS ENUM ('low', 'high')",
            "CREATE TABLE \"Odd.Ta\"\"b,le É\" (\"K.ey \"\"1\"\"\" text, \"é\" uuid, ab timestamptz, bb date,"
                    + " c numeric(10,2), d timestamp, e boolean, f mood, g bigint, h char(5), \"Pro, mo\" text,"
                    + " \" d oc\" json, n numeric(10,2), z timestamptz, metadata jsonb, plain text,"
                    + " PRIMARY KEY (\"K.ey \"\"1\"\"\", \"é\", ab, bb, c, d, e, f, g, h))",
            "CREATE TABLE big (id bigint PRIMARY KEY, priority text, metadata jsonb)",
            "ALTER TABLE big ALTER metadata SET STORAGE EXTERNAL, ALTER priority SET STORAGE EXTERNAL",
            "CREATE TABLE elder (id bigint PRIMARY KEY, priority text, metadata jsonb)",
            "CREATE TABLE heir () INHERITS (elder)",
            "CREATE TABLE parted (id bigint PRIMARY KEY, priority text, metadata jsonb) PARTITION BY RANGE (id)",
            "CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (100)",
            "CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM (100) TO (200)");
    private final Shown shown = new Shown(database.settings(KEYED.table(), BIG.table(), PARTED.table()));
    private final VersionReader reader = new VersionReader(access());

    private PostgresAccess access() {
        CaptureSettings settings = database.settings();
        return new PostgresAccess(
                "jdbc:postgresql://127.0.0.1:" + database.port() + "/" + database.name(),
                settings.user(),
                settings::password);
    }

    @BeforeAll
    void waitForTheFirstMark() {
        shown.await(database.beat());
    }

    @AfterAll
    void stop() {
        reader.close();
        shown.close();
        database.close();
    }

    private List<Arrival.Row> rows(RereadTable table) {
        shown.await(database.beat());
        return shown.rows().stream()
                .filter(row -> row.event().table().equals(table.name()))
                .toList();
    }

    private static RowKey key(long id) {
        return new RowKey("{\"id\": " + id + "}");
    }

    @Test
    void whatIsReadIsWhatWasStreamedWithItsTransactionAsItsWriter() {
        String keys = "'a000000%1$s-0000-0000-0000-000000000000', '2025-01-15 10:00:00.1+02', '0044-03-15 BC', 1.50,"
                + " '2025-01-15 10:00:00', true, 'high', -9223372036854775808, 'ab'";
        String insert = "INSERT INTO \"Odd.Ta\"\"b,le É\" VALUES ('it''s \"q\" \\ ü', " + keys + ", %2$s)";
        database.run(
                insert.formatted(
                        1,
                        "'x', '{\"a.b\": \"x\", \"a.b\": 1.50}', 1, '2025-01-15 10:00+02',"
                                + " '{\"n\": 1.00, \"z\": \"2025-01-15\"}', 'x'"),
                insert.formatted(2, "NULL, NULL, NULL, NULL, NULL, NULL"),
                insert.formatted(3, "'x', '[]', 'NaN', 'infinity', '[1]', ''"),
                insert.formatted(
                        4,
                        "repeat('x', 9000), json_build_object('a.b', repeat('y', 9000)), 0, '-infinity',"
                                + " '{\"n\": null}', repeat('z', 9000)"));
        database.run("UPDATE \"Odd.Ta\"\"b,le É\" SET ab = 'infinity', c = 'NaN', bb = '-infinity' WHERE n IS NULL");
        List<Arrival.Row> streamed = rows(KEYED);
        List<Arrival.Row> latest =
                streamed.stream().filter(row -> streamed.indexOf(row) != 1).toList();
        List<RowKey> asked =
                latest.stream().map(row -> row.event().key().orElseThrow()).toList();
        Map<RowKey, RowVersion> seen = reader.read(KEYED, asked);
        assertThat(latest).hasSize(4);
        for (Arrival.Row row : latest) {
            assertThat(seen)
                    .containsEntry(
                            row.event().key().orElseThrow(),
                            new RowVersion(row.transaction(), row.event().readings()));
        }
        assertThat(reader.read(KEYED, List.of(streamed.get(1).event().key().orElseThrow())))
                .isEmpty();
    }

    @Test
    void aPartitionedTablesRowsAreItsPartitionsAndAnInheritingTablesRowsAreNotItsParents() {
        database.run(
                "INSERT INTO parted VALUES (1, 'a', '{}'), (150, 'b', '{}')",
                "INSERT INTO heir VALUES (900, 'a', '{}')",
                "INSERT INTO heir VALUES (901, 'a', '{}')",
                "INSERT INTO elder VALUES (901, 'b', '{}')");
        RereadTable elder = new RereadTable(table("elder"), List.of("bigint"), false);
        Arrival.Row streamed = rows(PARTED).stream()
                .filter(row -> row.event().key().equals(Optional.of(key(150))))
                .findFirst()
                .orElseThrow();
        Map<RowKey, RowVersion> seen = reader.read(PARTED, List.of(key(1), key(150), key(7)));
        assertThat(seen).hasSize(2);
        assertThat(seen.get(key(150)))
                .isEqualTo(
                        new RowVersion(streamed.transaction(), streamed.event().readings()));
        assertThat(reader.read(elder, List.of(key(900), key(901)))).containsOnlyKeys(key(901));
    }

    @Test
    void aChangeWithoutItsDocumentIsCompletedUnlessASavepointWroteItOrItIsNotTheNewest() {
        int before = rows(BIG).size();
        database.run(
                "INSERT INTO big SELECT id, repeat('p', 9000), " + LARGE + " FROM generate_series(1, 4) AS id",
                "UPDATE big SET priority = 'b' WHERE id = 1",
                "BEGIN; SAVEPOINT s; UPDATE big SET priority = 'b' WHERE id = 2; COMMIT",
                "UPDATE big SET priority = 'b' WHERE id = 3",
                "UPDATE big SET metadata = '{\"priority\": \"c\"}' WHERE id = 4");
        List<Arrival.Row> streamed = rows(BIG);
        database.run("UPDATE big SET metadata = '{\"priority\": \"newer\"}' WHERE id = 3");
        List<Arrival> batch = List.copyOf(streamed.subList(before + 4, streamed.size()));

        Rereads rereads = new Rereads(
                new Holdback.Released(batch, batch.size()),
                row -> row.event().readings().get(0).lacksDocument()
                        || row.event().readings().get(0).lacksColumn());
        Set<RowKey> wanted = rereads.wanted().getOrDefault(BIG.name(), Set.of());
        assertThat(wanted).containsExactly(key(1), key(2), key(3), key(4));
        assertThat(reader.unseen(rereads.transactions())).isEmpty();
        assertThat(rereads.completed(Map.of(BIG.name(), reader.read(BIG, wanted))))
                .extracting(row -> ((Arrival.Row) row).event().readings().get(0).reread())
                .containsExactly(Reread.DOCUMENT, Reread.NONE, Reread.NONE, Reread.COLUMN);
    }

    @Test
    void aValueThatIsTooLargeStaysOnTheServer() {
        database.run("INSERT INTO big VALUES (50, 'a', " + LARGE + "), (51, 'a', '{\"priority\": \"a\"}')");
        try (VersionReader small = new VersionReader(access(), 9_000)) {
            Map<RowKey, RowVersion> seen = small.read(BIG, List.of(key(50), key(51)));
            assertThat(Objects.requireNonNull(seen.get(key(50))).readings().get(0))
                    .isEqualTo(
                            new Reading(new ColumnValue.Present("a"), new DocumentValue.Unavailable(Unreadable.LIMIT)));
            assertThat(Objects.requireNonNull(seen.get(key(51))).readings())
                    .isEqualTo(Objects.requireNonNull(
                                    reader.read(BIG, List.of(key(51))).get(key(51)))
                            .readings());
        }
    }

    @Test
    void aTransactionIsSeenFromItsCommitOn() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            long transaction;
            try (ResultSet id = statement.executeQuery("SELECT pg_current_xact_id()::text::bigint")) {
                id.next();
                transaction = id.getLong(1);
            }
            assertThat(reader.unseen(List.of(transaction))).containsExactly(transaction);
            connection.commit();
            assertThat(reader.unseen(List.of(transaction))).isEmpty();
            assertThat(reader.unseen(List.of())).isEmpty();
        }
    }

    @Test
    void aLookThatFailsIsTypedAndTheNextOneLooksAgain() throws SQLException {
        database.run("INSERT INTO parted VALUES (99, 'a', '{}')");
        Timeouts hurry = new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMillis(200));
        try (VersionReader hurried = new VersionReader(access().with(hurry));
                Connection locker = database.connect();
                Statement statement = locker.createStatement()) {
            locker.setAutoCommit(false);
            statement.execute("LOCK TABLE parted IN ACCESS EXCLUSIVE MODE");
            assertThatExceptionOfType(SourceBusyException.class)
                    .isThrownBy(() -> hurried.read(PARTED, List.of(key(99))));
            locker.rollback();
            assertThat(hurried.read(PARTED, List.of(key(99)))).containsOnlyKeys(key(99));
        }
    }
}
