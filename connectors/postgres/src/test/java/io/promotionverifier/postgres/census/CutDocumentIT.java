package io.promotionverifier.postgres.census;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.census.CensusRow;
import io.promotionverifier.core.change.ColumnValue;
import io.promotionverifier.core.change.DocumentValue;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.ColumnType.Kind;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.postgres.SourceDatabase;
import io.promotionverifier.postgres.decode.KeyForm;
import io.promotionverifier.postgres.decode.KeyPart;
import io.promotionverifier.postgres.decode.RowRoom;
import io.promotionverifier.postgres.decode.TableRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a suspect's document only what lies under the promoted keys travels: nobody can tell from what is read. */
class CutDocumentIT {
    private static final long SEED = Long.getLong("verifier.seed", System.nanoTime());
    private static final int ROWS = 300;
    private static final TableName TABLE = new TableName("public", "cut");
    private static final List<KeyPart> ID = List.of(new KeyPart("id", KeyForm.NUMBER));
    private static final ColumnType TEXT = ColumnType.of(Kind.TEXT, "text");

    private static final List<List<String>> PATHS =
            List.of(List.of("p"), List.of("a'b", "x"), List.of("a'b", "y\\"), List.of(""), List.of("k?", "0"));

    private static final List<String> KEYS = List.of("p", "a'b", "x", "y\\\\", "", "k?", "0", "é", "other");
    private static final List<String> SCALARS =
            List.of("null", "\"\"", "\"x\"", "true", "1", "1.00", "1e3", "1e400", "{}", "[]", "\"\\\"\\\\ \\u00e9\"");

    private static SourceDatabase database;

    @BeforeAll
    static void start() {
        System.out.println("CutDocumentIT: -Dverifier.seed=" + SEED);
        database = new SourceDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    private static CensusTable table(List<List<String>> paths) {
        return CensusTable.of(
                TABLE,
                ID,
                IntStream.range(0, paths.size())
                        .mapToObj(i -> CensusTable.promotion(
                                TABLE,
                                new DocumentPath("doc", paths.get(i)),
                                "c" + i,
                                TEXT,
                                Phase.B,
                                Promotion.Domain.ALL))
                        .toList());
    }

    private static void make(String documents, int columns) {
        database.run(
                "DROP TABLE IF EXISTS cut",
                "CREATE TABLE cut (id int PRIMARY KEY, doc " + documents
                        + IntStream.range(0, columns)
                                .mapToObj(i -> ", c" + i + " text DEFAULT 'no document says this'")
                                .collect(Collectors.joining())
                        + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsonb", "json"})
    void whatIsReadOfACutDocumentIsWhatIsReadOfTheWhole(String documents) throws SQLException {
        make(documents, PATHS.size());
        fill(documents, new Random(SEED));
        hold(table(PATHS), documents);
    }

    @Test
    void aDocumentThatAPromotionComparesAsAWholeStaysWhole() throws SQLException {
        List<List<String>> paths = List.of(List.of("p"), List.of());
        make("jsonb", paths.size());
        fill("jsonb", new Random(SEED));
        hold(table(paths), "jsonb");
    }

    @Test
    void aValueInADocumentThatIsTooLargeForMemoryIsRead() {
        make("jsonb", 1);
        long tooLarge = RowRoom.mostBytesAmong(OpenChunk.BATCH) + 1L;
        database.run(
                "INSERT INTO cut (id, doc) SELECT 1, jsonb_build_object('p', 'small', 'other', repeat('x', " + tooLarge
                        + "))",
                "INSERT INTO cut (id, doc) SELECT 2, jsonb_build_object('p', repeat('x', " + tooLarge + "))");
        List<CensusRow> suspects = suspects(table(List.of(List.of("p"))));
        assertThat(suspects).extracting(row -> row.key().json()).containsExactly("{\"id\": 1}", "{\"id\": 2}");
        Reading small = suspects.get(0).readings().get(0);
        assertThat(small.document())
                .isInstanceOfSatisfying(
                        DocumentValue.Present.class,
                        value -> assertThat(value.text()).isEqualTo("small"));
        Reading large = suspects.get(1).readings().get(0);
        assertThat(large.document()).isInstanceOf(DocumentValue.Unavailable.class);
        assertThat(large.column()).isInstanceOf(ColumnValue.Present.class);
    }

    private static void fill(String documents, Random random) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO cut (id, doc) VALUES (?, ?::" + documents + ")")) {
            for (int id = 1; id <= ROWS; id++) {
                insert.setInt(1, id);
                insert.setString(2, random.nextInt(20) == 0 ? null : document(random, 0));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Mostly an object at the top, and less often the deeper it goes. */
    private static String document(Random random, int depth) {
        if (random.nextInt(8) < 2 * depth + 1) {
            return random.nextInt(5) == 0
                    ? "[" + scalar(random) + ", " + document(random, depth + 1) + "]"
                    : scalar(random);
        }
        List<String> members = new ArrayList<>();
        for (int i = random.nextInt(KEYS.size()); i >= 0; i--) {
            members.add("\"" + KEYS.get(random.nextInt(KEYS.size())) + "\": " + document(random, depth + 1));
        }
        return "{" + String.join(", ", members) + "}";
    }

    private static String scalar(Random random) {
        return SCALARS.get(random.nextInt(SCALARS.size()));
    }

    private static List<CensusRow> suspects(CensusTable table) {
        return table.chunks(database, 400).stream()
                .flatMap(chunk -> chunk.suspects().stream())
                .toList();
    }

    private static void hold(CensusTable table, String documents) throws SQLException {
        Map<String, String> types = new LinkedHashMap<>(Map.of("id", "int4", "doc", documents));
        table.promotions().forEach(promotion -> types.put(promotion.to(), "text"));
        TableRows rows = new TableRows(table.captured(), types);
        Map<String, List<Reading>> whole = new HashMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            ResultSet all = statement.executeQuery("SELECT * FROM cut");
            while (all.next()) {
                Map<String, Optional<String>> texts = new LinkedHashMap<>();
                for (String column : table.captured().columns()) {
                    texts.put(column, Optional.ofNullable(all.getString(column)));
                }
                whole.put("{\"id\": " + all.getString("id") + "}", rows.readings(texts));
            }
        }
        List<CensusRow> suspects = suspects(table);
        assertThat(suspects).hasSize(ROWS);
        for (CensusRow suspect : suspects) {
            assertThat(suspect.readings())
                    .as("%s", suspect.key())
                    .isEqualTo(whole.get(suspect.key().json()));
        }
    }
}
