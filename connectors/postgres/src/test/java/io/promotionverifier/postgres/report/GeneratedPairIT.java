package io.promotionverifier.postgres.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.promotion.SessionRules;
import io.promotionverifier.core.promotion.Waiver;
import io.promotionverifier.postgres.SourceDatabase;
import io.promotionverifier.postgres.StandardPolicy;
import io.promotionverifier.postgres.catalog.ParentKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The generated pair gives the same rows exactly where the promotion is kept, or explains why it is not. */
class GeneratedPairIT {
    private static final TableName CASES = new TableName("public", "Odd \"cases");
    private static final String TABLE = "\"Odd \"\"cases\"";

    private static SourceDatabase database;

    @BeforeAll
    static void start() {
        database = new SourceDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @AfterEach
    void clear() {
        database.run("DROP TABLE IF EXISTS " + TABLE + ", parents");
    }

    private static void rows(String type, String... values) {
        database.run(
                "CREATE TABLE " + TABLE + " (\"Id\" int PRIMARY KEY, \"to\" " + type + ", doc jsonb)",
                "INSERT INTO " + TABLE + " VALUES " + String.join(", ", values));
    }

    private static Promotion promotion(ColumnType type, Promotion.Domain domain, List<Waiver> waivers) {
        return new Promotion(
                new PromotionId("P"),
                CASES,
                new DocumentPath("doc", List.of("it's")),
                "to",
                type,
                Phase.B,
                Optional.empty(),
                "",
                domain,
                Optional.empty(),
                waivers,
                StandardPolicy.of(new SessionRules(database.major(), Optional.empty())));
    }

    private static Promotion promotion(ColumnType type) {
        return promotion(type, Promotion.Domain.ALL, List.of());
    }

    private static ColumnType type(ColumnType.Kind kind, String name) {
        return ColumnType.of(kind, name);
    }

    private static long divergent(Promotion promotion, Optional<ParentKey> parent, Optional<String> horizon) {
        try (ReportReader reader = new ReportReader(database.access())) {
            GeneratedPair pair =
                    GeneratedPair.of(promotion, List.of("Id"), parent).orElseThrow();
            return reader.read(pair.over(horizon.orElseGet(reader::horizon)), false)
                    .divergentRows();
        }
    }

    private static long divergent(Promotion promotion) {
        return divergent(promotion, Optional.empty(), Optional.empty());
    }

    @Test
    void whatIsEqualAsTheColumnsTypeIsEqualInTheReport() {
        rows("text", "(1, 'low', '{\"it''s\": \"low\"}')", "(2, NULL, '{\"it''s\": null}')", "(3, NULL, NULL)");
        assertThat(divergent(promotion(type(ColumnType.Kind.TEXT, "text")))).isZero();
        clear();
        rows("numeric(10,2)", "(1, 1.5, '{\"it''s\": 1.50}')", "(2, 2, '{\"it''s\": \"2.000\"}')");
        assertThat(divergent(promotion(ColumnType.numeric(10, 2)))).isZero();
        clear();
        rows("jsonb", "(1, '{\"a\": 1, \"b\": [1.0]}', '{\"it''s\": {\"b\": [1], \"a\": 1.00}}')", "(2, 'null', '{}')");
        assertThat(divergent(promotion(type(ColumnType.Kind.JSONB, "jsonb")))).isZero();
        clear();
        rows("character varying(3)", "(1, 'abc', '{\"it''s\": \"abcdef\"}')");
        assertThat(divergent(promotion(new ColumnType(
                        ColumnType.Kind.VARCHAR,
                        "character varying(3)",
                        OptionalInt.of(3),
                        OptionalInt.empty(),
                        List.of()))))
                .isZero();
        clear();
        rows("boolean", "(1, true, '{\"it''s\": \" YES \"}')", "(2, false, '{\"it''s\": false}')");
        assertThat(divergent(promotion(type(ColumnType.Kind.BOOLEAN, "boolean"))))
                .isZero();
    }

    @Test
    void eachKindOfMismatchShowsAndNoneFailsTheReport() {
        rows(
                "integer",
                "(1, 1, '{\"it''s\": 2}')",
                "(2, NULL, '{\"it''s\": 3}')",
                "(3, 4, '{}')",
                "(4, NULL, '{\"it''s\": \"five\"}')");

        assertThat(divergent(promotion(type(ColumnType.Kind.INTEGER, "integer"))))
                .isEqualTo(5);
    }

    @Test
    void explainedRowsAreLeftOutOnBothSides() {
        rows(
                "text",
                "(1, 'low', '{\"it''s\": \"low\"}')",
                "(2, NULL, '{\"it''s\": \"strange\"}')",
                "(3, 'low', '{\"it''s\": \"high\"}')");
        Promotion.Domain domain = new Promotion.Domain(Optional.of(Set.of("low", "high")), true);
        Instant tomorrow = Instant.now().plusSeconds(86_400);
        Waiver waiver = new Waiver(Set.of(new RowKey("{\"Id\": 3}")), "legacy", "ana", tomorrow);
        ColumnType text = type(ColumnType.Kind.TEXT, "text");

        assertThat(divergent(promotion(text, domain, List.of(waiver)))).isZero();
        assertThat(divergent(promotion(text, Promotion.Domain.ALL, List.of(waiver))))
                .isEqualTo(1);
        Waiver expired = new Waiver(waiver.keys(), "legacy", "ana", Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(divergent(promotion(text, domain, List.of(expired)))).isEqualTo(3);
    }

    @Test
    void aColumnThatItsParentsDeletionClearedIsLeftOutAndOneThatWasForgottenIsNot() {
        database.run("CREATE TABLE parents (id int PRIMARY KEY)", "INSERT INTO parents VALUES (7)");
        rows("integer", "(1, NULL, '{\"it''s\": 8}')", "(2, NULL, '{\"it''s\": 7}')", "(3, 7, '{\"it''s\": \"7\"}')");
        ParentKey parent = new ParentKey(new TableName("public", "parents"), "id", "integer");
        Promotion promotion = promotion(type(ColumnType.Kind.INTEGER, "integer"));

        assertThat(divergent(promotion, Optional.of(parent), Optional.empty())).isEqualTo(2);
        database.run("UPDATE " + TABLE + " SET \"to\" = 7 WHERE \"Id\" = 2");
        assertThat(divergent(promotion, Optional.of(parent), Optional.empty())).isZero();
    }

    @Test
    void aWriteBetweenItsTwoTransactionsDoesNotShow() throws SQLException {
        rows("text", "(1, 'low', '{\"it''s\": \"low\"}')", "(2, 'low', '{\"it''s\": \"low\"}')");
        Promotion promotion = promotion(type(ColumnType.Kind.TEXT, "text"));
        try (ReportReader reader = new ReportReader(database.access());
                Connection early = database.connect();
                Statement statement = early.createStatement()) {
            early.setAutoCommit(false);
            statement.execute("UPDATE " + TABLE + " SET \"to\" = 'high' WHERE \"Id\" = 1");
            Optional<String> horizon = Optional.of(reader.horizon());
            early.commit();
            database.run("UPDATE " + TABLE + " SET \"to\" = 'high' WHERE \"Id\" = 2");

            assertThat(divergent(promotion, Optional.empty(), horizon)).isZero();
            assertThat(divergent(promotion)).isGreaterThan(0);
        }
    }

    @Test
    void aTypeThatIsReadByTheSessionHasNoGeneratedPair() {
        Promotion promotion = promotion(type(ColumnType.Kind.TIMESTAMPTZ, "timestamp with time zone"));

        assertThat(GeneratedPair.of(promotion, List.of("Id"), Optional.empty())).isEmpty();
        assertThat(GeneratedPair.reasonAgainst(promotion))
                .hasValueSatisfying(reason -> assertThat(reason).contains("depends on the session"));
    }
}
