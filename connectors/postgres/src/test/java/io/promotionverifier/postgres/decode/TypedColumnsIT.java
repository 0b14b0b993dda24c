package io.promotionverifier.postgres.decode;

import static io.promotionverifier.postgres.engine.StreamedDatabase.promotion;
import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.ColumnValue;
import io.promotionverifier.core.change.DocumentValue;
import io.promotionverifier.core.change.DocumentValue.Shape;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.change.Unreadable;
import io.promotionverifier.core.compare.Canonical;
import io.promotionverifier.core.compare.TypeRule;
import io.promotionverifier.core.compare.TypeRules;
import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.ColumnType.Kind;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.promotion.SessionRules;
import io.promotionverifier.postgres.engine.Shown;
import io.promotionverifier.postgres.engine.StreamedDatabase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Character types, floats, jsonb, citext, domains and arrays through a real server and the real engine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TypedColumnsIT {
    private static final ColumnType TEXT = ColumnType.of(Kind.TEXT, "text");
    private static final ColumnType MOOD = ColumnType.enumeration("mood", List.of("low", "high"));
    private static final Map<String, ColumnType> TYPES = types();

    private final StreamedDatabase database = new StreamedDatabase("typed", ddl());
    private final Shown shown = new Shown(database.settings(table()));

    private static String[] ddl() {
        return new String[] {
            "CREATE TYPE mood AS ENUM ('low', 'high')",
            "CREATE EXTENSION citext",
            "CREATE DOMAIN short AS varchar(3)",
            "CREATE DOMAIN shorter AS short CHECK (VALUE <> 'no')",
            "CREATE DOMAIN sizes AS int[]",
            "CREATE TABLE typed (id int PRIMARY KEY, v varchar(5), c char(4), ci citext, f real, g double precision,"
                    + " j jsonb, d shorter, fe mood, ta text[], na numeric(5,2)[], ia int[], ua uuid[], ma mood[],"
                    + " ba boolean[], ga float8[], ja jsonb[], sa sizes, fa mood[], cia citext[], za timestamptz[],"
                    + " metadata jsonb, claim char(6))",
            "ALTER TABLE typed ALTER ta SET STORAGE EXTERNAL, ALTER j SET STORAGE EXTERNAL"
        };
    }

    private static Map<String, ColumnType> types() {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        types.put("v", ColumnType.characters(Kind.VARCHAR, "character varying(5)", 5));
        types.put("c", ColumnType.characters(Kind.CHAR, "character(4)", 4));
        types.put("ci", ColumnType.of(Kind.CITEXT, "citext"));
        types.put("f", ColumnType.of(Kind.REAL, "real"));
        types.put("g", ColumnType.of(Kind.DOUBLE_PRECISION, "double precision"));
        types.put("j", ColumnType.of(Kind.JSONB, "jsonb"));
        types.put(
                "d",
                ColumnType.characters(Kind.VARCHAR, "character varying(3)", 3).asDomain("shorter"));
        types.put("fe", MOOD);
        types.put("ta", ColumnType.array("text[]", TEXT));
        types.put("na", ColumnType.array("numeric(5,2)[]", ColumnType.numeric(5, 2)));
        types.put("ia", ColumnType.array("integer[]", ColumnType.of(Kind.INTEGER, "integer")));
        types.put("ua", ColumnType.array("uuid[]", ColumnType.of(Kind.UUID, "uuid")));
        types.put("ma", ColumnType.array("mood[]", MOOD));
        types.put("ba", ColumnType.array("boolean[]", ColumnType.of(Kind.BOOLEAN, "boolean")));
        types.put("ga", ColumnType.array("float8[]", ColumnType.of(Kind.DOUBLE_PRECISION, "float8")));
        types.put("ja", ColumnType.array("jsonb[]", ColumnType.of(Kind.JSONB, "jsonb")));
        types.put(
                "sa",
                ColumnType.array("integer[]", ColumnType.of(Kind.INTEGER, "integer"))
                        .asDomain("sizes"));
        types.put("fa", ColumnType.array("mood[]", MOOD));
        types.put("cia", ColumnType.array("citext[]", ColumnType.of(Kind.CITEXT, "citext")));
        types.put("za", ColumnType.array("timestamptz[]", ColumnType.of(Kind.TIMESTAMPTZ, "timestamp with time zone")));
        return types;
    }

    private static CapturedTable table() {
        return new CapturedTable(
                new TableName("public", "typed"),
                List.of(new KeyPart("id", KeyForm.NUMBER)),
                TYPES.entrySet().stream()
                        .map(column -> column.getKey().equals("v")
                                ? new CapturedPromotion(new DocumentPath("claim", List.of()), "v", column.getValue())
                                : promotion(column.getKey(), column.getValue()))
                        .toList());
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

    /** What each of these columns shows is, by the rules of its type, the value that the server prints. */
    @Test
    void everyOtherTypeArrivesAsAValueThatTheServerPrints() {
        String arrays = ", '{a,\"b c\",NULL}', '{1.5,-0.00,NaN}', '[2:3]={7,NULL}',"
                + " '{A0EEBC999C0B4EF8BB6D6BB9BD380A11}', '{high,low}', '{t,f,NULL}', '{1.5,NaN,-Infinity,1e300}',"
                + " '{\"{\\\"a\\\": 1.0}\",\"null\",NULL}', '{5,6}', '{low}', '{Ab,cD}',"
                + " '{2025-01-15 10:00:00.1+02,infinity}'";
        database.run(
                "INSERT INTO typed VALUES (1, 'ab', 'x ', 'Low', 1.1, 1e-7, '{\"b\": 1.00, \"a\": null}', 'abc', 'low'"
                        + arrays + ", '{}', 'claim')",
                "INSERT INTO typed VALUES (2, '', '', '', 'NaN', '-Infinity', 'null', '', 'high', '{}', '{}', '{}', '{}', '{}', '{}', '{}',"
                        + " '{}', '{}', '{}', '{}', '{}', NULL, NULL)",
                "INSERT INTO typed (id) VALUES (3)",
                "INSERT INTO typed VALUES (4, 'ab', 'abcd', 'É', -0.0, 5e-324, '\"x\"')");
        shown.await(database.beat());
        List<RowEvent> events = shown.events("typed").stream()
                .filter(event -> !event.key().orElseThrow().json().contains("9"))
                .toList();
        assertThat(events).hasSize(4);
        int place = 0;
        for (Map.Entry<String, ColumnType> column : TYPES.entrySet()) {
            TypeRule rule = TypeRules.of(column.getValue(), new SessionRules(17, Optional.empty()));
            for (RowEvent event : events) {
                String printed = database.column("SELECT coalesce(" + column.getKey() + "::text, 'NULL') FROM typed"
                                + " WHERE jsonb_build_object('id', id)::text = '"
                                + event.key().orElseThrow().json() + "'")
                        .get(0);
                ColumnValue shownColumn = event.readings().get(place).column();
                assertThat(
                                shownColumn instanceof ColumnValue.Present present
                                        ? rule.canonical(present.text())
                                        : shownColumn)
                        .as("%s: %s", column.getKey(), event.key())
                        .isNotInstanceOf(Canonical.Refused.class)
                        .isEqualTo(printed.equals("NULL") ? new ColumnValue.Null() : rule.canonical(printed));
            }
            place++;
        }
        assertThat(events.get(0).readings().get(0).document())
                .isEqualTo(new DocumentValue.Present(Shape.PLAIN, "claim"));
    }

    @Test
    void anUnchangedArrayOutOfLineIsUnavailable() {
        database.run(
                "INSERT INTO typed (id, ta, j) SELECT 9, array_agg(md5(i::text)), jsonb_agg(md5(i::text))"
                        + " FROM generate_series(1, 300) i",
                "UPDATE typed SET v = 'new' WHERE id = 9");
        shown.await(database.beat());
        RowEvent last = shown.events("typed").get(shown.events("typed").size() - 1);
        assertThat(last.readings().get(5).column()).isEqualTo(new ColumnValue.Unavailable(Unreadable.TOAST));
        assertThat(last.readings().get(8).column()).isEqualTo(new ColumnValue.Unavailable(Unreadable.TOAST));
    }

    /** Debezium reads all of a row, and looks types up on a server that has moved on. */
    @Test
    void anEnumOfAColumnThatNobodyCapturedMayBeMadeAnewWhileItsRowsAreStillToBeRead() {
        database.run(
                "CREATE TYPE tint AS ENUM ('red')",
                "ALTER TABLE typed ADD tint tint",
                "INSERT INTO typed (id, v, tint) VALUES (90, 'old', 'red')",
                "ALTER TYPE tint RENAME TO tint_before",
                "CREATE TYPE tint AS ENUM ('red', 'blue')",
                "ALTER TABLE typed ALTER tint TYPE tint USING tint::text::tint",
                "DROP TYPE tint_before",
                "INSERT INTO typed (id, v, tint) VALUES (91, 'new', 'blue')",
                "ALTER TABLE typed DROP tint",
                "DROP TYPE tint");
        shown.await(database.beat());
        assertThat(shown.events("typed").stream()
                        .filter(event -> event.key().orElseThrow().json().matches(".* 9[01]}"))
                        .map(event -> event.readings().get(0).column()))
                .containsExactly(new ColumnValue.Present("old"), new ColumnValue.Present("new"));
    }
}
