package io.promotionverifier.postgres.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.DocumentValue.Shape;
import io.promotionverifier.core.compare.Canonical;
import io.promotionverifier.core.compare.TypeRule;
import io.promotionverifier.core.compare.TypeRules;
import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.ColumnType.Kind;
import io.promotionverifier.core.promotion.IntervalFields;
import io.promotionverifier.core.promotion.SessionRules;
import io.promotionverifier.sandbox.server.SharedServers;
import io.promotionverifier.sandbox.server.TestEnvironment;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Law: PostgreSQL is the oracle. What a rule knows the server accepts, what it refuses the server refuses, and
 * canonical texts are equal exactly when the server's values are.
 *
 * <p>{@code -Dverifier.seed} repeats a run, {@code -Dverifier.texts} sets the texts per type,
 * {@code -Dverifier.oracle.url} asks another server (with user and password in the address).
 */
final class TypeRulesOracleIT {
    private static final long SEED = Long.getLong("verifier.seed", new Random().nextLong());
    private static final int CASES = Integer.getInteger("verifier.texts", 1_000);
    private static final Optional<String> OTHER_SERVER = Optional.ofNullable(System.getProperty("verifier.oracle.url"));
    private static final List<String> ZONES = List.of(
            "UTC", "America/New_York", "Europe/Dublin", "Australia/Lord_Howe", "Asia/Kathmandu", "Europe/Moscow");

    private static final List<String> LEVELS = List.of("low", "high", "very high", "\u00e9", "it's");

    private static Connection connection;
    private static CastOracle oracle;
    private static long tried;
    private static long judged;

    @BeforeAll
    static void connect() throws SQLException {
        System.out.println("TypeRulesOracleIT: -Dverifier.seed=" + SEED + " -Dverifier.texts=" + CASES);
        connection = OTHER_SERVER.isPresent() ? DriverManager.getConnection(OTHER_SERVER.get()) : embedded();
        oracle = new CastOracle(connection);
        oracle.execute("CREATE TYPE pg_temp.level AS ENUM ('low', 'high', 'very high', '\u00e9', 'it''s')");
        oracle.execute("CREATE EXTENSION IF NOT EXISTS citext");
        oracle.execute("CREATE DOMAIN pg_temp.three AS varchar(3); CREATE DOMAIN pg_temp.nested AS pg_temp.three;"
                + " CREATE DOMAIN pg_temp.money AS numeric(5,2); CREATE DOMAIN pg_temp.rank AS pg_temp.level;"
                + " CREATE DOMAIN pg_temp.threes AS varchar(3)[]");
    }

    private static Connection embedded() throws SQLException {
        TestEnvironment servers = SharedServers.get();
        return DriverManager.getConnection(
                servers.jdbcUrl(servers.createDatabase()), servers.user(), servers.password());
    }

    @AfterAll
    static void disconnect() throws SQLException {
        System.out.println("TypeRulesOracleIT: PostgreSQL " + oracle.serverMajor() + ", " + tried + " texts, of which "
                + judged + " were judged");
        connection.close();
    }

    @Test
    void textIsStoredAsItIs() throws SQLException {
        assertAgreement(ColumnType.of(Kind.TEXT, "text"));
    }

    @Test
    void booleansAreReadAsTheServerReadsThem() throws SQLException {
        assertAgreement(ColumnType.of(Kind.BOOLEAN, "boolean"));
    }

    @Test
    void integersAreReadAsTheServerReadsThem() throws SQLException {
        assertAgreement(ColumnType.of(Kind.SMALLINT, "smallint"));
        assertAgreement(ColumnType.of(Kind.INTEGER, "integer"));
        assertAgreement(ColumnType.of(Kind.BIGINT, "bigint"));
    }

    @Test
    void numericsAreReadAndRoundedAsTheServerDoesIt() throws SQLException {
        assertAgreement(ColumnType.of(Kind.NUMERIC, "numeric"));
        assertAgreement(ColumnType.numeric(5, 2));
        assertAgreement(ColumnType.numeric(1000, 500));
        if (oracle.serverMajor() >= 15) {
            assertAgreement(ColumnType.numeric(3, -2));
            assertAgreement(ColumnType.numeric(3, 5));
        }
    }

    @Test
    void uuidsAreReadAsTheServerReadsThem() throws SQLException {
        assertAgreement(ColumnType.of(Kind.UUID, "uuid"));
    }

    @Test
    void enumsKnowTheirLabelsOnly() throws SQLException {
        assertAgreement(ColumnType.enumeration("pg_temp.level", LEVELS));
    }

    @Test
    void timestampsAreReadAsTheServerReadsThem() throws SQLException {
        for (String zone : ZONES) {
            oracle.execute("SET TimeZone = '" + zone + "'");
            for (String order : List.of("MDY", "DMY", "YMD")) {
                oracle.execute("SET DateStyle = 'ISO, " + order + "'");
                Cases cases = cases(zone.hashCode() + order.hashCode());
                Tally mixed = compare(timestamptz(), cases.of(timestamptz(), CASES / 3), Optional.of(ZoneId.of(zone)));
                assertThat(mixed.unjudged()).isLessThan(mixed.cases() / 3);
                Tally iso = compare(timestamptz(), cases.isoTimestamps(CASES / 3), Optional.of(ZoneId.of(zone)));
                assertThat(iso.unjudged()).isLessThan(iso.cases() / 10);
                compare(rounded(), cases.isoTimestamps(CASES / 6), Optional.of(ZoneId.of(zone)));
                compare(timestamptz(), cases.of(timestamptz(), CASES / 6), Optional.empty());
            }
        }
    }

    @Test
    void datesAreReadAsTheServerReadsThem() throws SQLException {
        inEveryDateStyle(ColumnType.of(Kind.DATE, "date"), 2);
    }

    @Test
    void timestampsWithoutZoneAreReadAsTheServerReadsThem() throws SQLException {
        inEveryDateStyle(ColumnType.of(Kind.TIMESTAMP, "timestamp"), 2);
        inEveryDateStyle(ColumnType.precise(Kind.TIMESTAMP, "timestamp(2)", 2), 2);
    }

    @Test
    void timesOfDayAreReadAsTheServerReadsThem() throws SQLException {
        inEveryDateStyle(ColumnType.of(Kind.TIME, "time"), 2);
        inEveryDateStyle(ColumnType.precise(Kind.TIME, "time(3)", 3), 2);
    }

    @Test
    void timesWithZoneAreReadAsTheServerReadsThem() throws SQLException {
        for (String zone : ZONES) {
            oracle.execute("SET TimeZone = '" + zone + "'");
            compareHalf(ColumnType.of(Kind.TIMETZ, "timetz"), Optional.of(ZoneId.of(zone)), zone.hashCode());
            compareHalf(ColumnType.precise(Kind.TIMETZ, "timetz(0)", 0), Optional.empty(), zone.hashCode());
        }
    }

    @Test
    void intervalsAreReadAndCutAsTheServerDoesIt() throws SQLException {
        for (String style : List.of("postgres", "sql_standard", "iso_8601")) {
            oracle.execute("SET IntervalStyle = '" + style + "'");
            compareHalf(ColumnType.of(Kind.INTERVAL, "interval"), Optional.empty(), style.hashCode());
            compareHalf(ColumnType.precise(Kind.INTERVAL, "interval(3)", 3), Optional.empty(), style.hashCode());
        }
        for (IntervalFields fields : IntervalFields.values()) {
            if (fields != IntervalFields.ALL) {
                String name =
                        "interval " + fields.name().toLowerCase(Locale.ROOT).replace('_', ' ');
                compareHalf(ColumnType.interval(name, fields, OptionalInt.empty()), Optional.empty(), 0);
            }
        }
        ColumnType both =
                ColumnType.interval("interval day to second(2)", IntervalFields.DAY_TO_SECOND, OptionalInt.of(2));
        compareHalf(both, Optional.empty(), 0);
    }

    /** Neither zone nor date order changes what a type without zone makes of a text that the rule judges. */
    private static void inEveryDateStyle(ColumnType type, int mostUnjudgedPart) throws SQLException {
        oracle.execute("SET TimeZone = 'America/New_York'");
        for (String order : List.of("MDY", "DMY", "YMD")) {
            oracle.execute("SET DateStyle = 'ISO, " + order + "'");
            Tally tally = compareHalf(type, Optional.empty(), order.hashCode());
            assertThat(tally.unjudged()).isLessThan(tally.cases() / mostUnjudgedPart);
        }
    }

    private static Tally compareHalf(ColumnType type, Optional<ZoneId> zone, int salt) throws SQLException {
        return compare(type, cases(type.sqlName().hashCode() + salt).of(type, CASES / 2), zone);
    }

    @Test
    void characterTypesAreCutAndPaddedAsTheServerDoesIt() throws SQLException {
        assertAgreement(ColumnType.of(Kind.VARCHAR, "varchar"));
        assertAgreement(ColumnType.characters(Kind.VARCHAR, "varchar(3)", 3));
        assertAgreement(ColumnType.of(Kind.CHAR, "bpchar"));
        assertAgreement(ColumnType.characters(Kind.CHAR, "char(3)", 3));
    }

    @Test
    void floatsAreReadAndRoundedAsTheServerDoesIt() throws SQLException {
        assertAgreement(ColumnType.of(Kind.REAL, "real"));
        assertAgreement(ColumnType.of(Kind.DOUBLE_PRECISION, "double precision"));
    }

    @Test
    void jsonbIsOneValueAsTheServerSaysIt() throws SQLException {
        assertAgreement(ColumnType.of(Kind.JSONB, "jsonb"));
    }

    @Test
    void citextIsNeverJudgedOtherwiseThanByTheServer() throws SQLException {
        ColumnType type = ColumnType.of(
                oracle.printed("lower(t)", List.of("\u00c9")).contains("\u00c9") ? Kind.CITEXT_ASCII : Kind.CITEXT,
                "citext");
        Tally tally = compare(type, cases(7).of(type, CASES), Optional.empty());
        assertThat(tally.unjudged()).isLessThan(tally.cases() / 2);
    }

    @Test
    void domainsAreReadByTheirBaseType() throws SQLException {
        ColumnType three = ColumnType.characters(Kind.VARCHAR, "varchar(3)", 3);
        assertAgreement(three.asDomain("pg_temp.three"));
        assertAgreement(three.asDomain("pg_temp.nested"));
        assertAgreement(ColumnType.numeric(5, 2).asDomain("pg_temp.money"));
        assertAgreement(ColumnType.enumeration("level", LEVELS).asDomain("pg_temp.rank"));
        assertArrays(ColumnType.array("varchar(3)[]", three).asDomain("pg_temp.threes"));
    }

    @Test
    void arraysAreReadAsTheServerReadsThem() throws SQLException {
        for (ColumnType element : elements()) {
            assertArrays(ColumnType.array(element.sqlName() + "[]", element));
        }
    }

    /** JSON null in a jsonb is none to its readers: ADR 0017. */
    private static String expression(ColumnType type) {
        boolean holdsJson = type.element().filter(of -> of.kind() == Kind.JSONB).isPresent();
        return holdsJson ? "array_replace(t::jsonb[], 'null'::jsonb, NULL)" : "t::" + type.sqlName();
    }

    private static void assertArrays(ColumnType type) throws SQLException {
        Tally tally = compare(type, cases(type.sqlName().hashCode()).of(type, CASES), Optional.empty());
        assertThat(tally.unjudged()).isLessThan(tally.cases() / 3);
    }

    @Test
    void jsonArraysAreReadElementByElement() throws SQLException {
        for (ColumnType element : elements()) {
            ColumnType type = ColumnType.array(element.sqlName() + "[]", element);
            List<String> texts =
                    oracle.printed("t::jsonb::text", cases(element.hashCode()).jsonArrays(CASES));
            String value = element.kind() == Kind.JSONB ? "nullif(e, 'null')" : "(e #>> '{}')::" + element.sqlName();
            List<Integer> classes = oracle.classes(
                    "ARRAY(SELECT " + value
                            + " FROM jsonb_array_elements(t::jsonb) WITH ORDINALITY AS x(e, n) ORDER BY n)",
                    texts);
            TypeRule rule = TypeRules.of(type, new SessionRules(oracle.serverMajor(), Optional.empty()));
            Tally tally = compare(type, text -> rule.canonical(Shape.ARRAY, text), texts, classes);
            assertThat(tally.unjudged()).isZero();
        }
    }

    private static List<ColumnType> elements() {
        return List.of(
                ColumnType.of(Kind.TEXT, "text"),
                ColumnType.characters(Kind.VARCHAR, "varchar(3)", 3),
                ColumnType.characters(Kind.CHAR, "char(3)", 3),
                ColumnType.of(Kind.BOOLEAN, "boolean"),
                ColumnType.of(Kind.INTEGER, "integer"),
                ColumnType.of(Kind.BIGINT, "bigint"),
                ColumnType.numeric(5, 2),
                ColumnType.of(Kind.DOUBLE_PRECISION, "float8"),
                ColumnType.of(Kind.UUID, "uuid"),
                ColumnType.of(Kind.JSONB, "jsonb"),
                ColumnType.numeric(5, 2).asDomain("pg_temp.money"),
                ColumnType.enumeration("pg_temp.level", LEVELS));
    }

    private static ColumnType timestamptz() {
        return ColumnType.of(Kind.TIMESTAMPTZ, "timestamptz");
    }

    private static ColumnType rounded() {
        return new ColumnType(Kind.TIMESTAMPTZ, "timestamptz(3)", OptionalInt.of(3), OptionalInt.empty(), List.of());
    }

    private static Cases cases(int salt) {
        Random random = new Random(SEED + salt);
        Texts texts = new Texts(random);
        return new Cases(texts, new IsoTexts(random), new TemporalTexts(texts, random));
    }

    private static void assertAgreement(ColumnType type) throws SQLException {
        Tally tally = compare(type, cases(type.sqlName().hashCode()).of(type, CASES), Optional.empty());
        assertThat(tally.unjudged())
                .as("texts of %s left unjudged", type.sqlName())
                .isZero();
    }

    /** How many texts were tried, and how many of them the rule would not judge. */
    private record Tally(int cases, int unjudged) {}

    private static Tally compare(ColumnType type, List<String> texts, Optional<ZoneId> zone) throws SQLException {
        TypeRule rule = TypeRules.of(type, new SessionRules(oracle.serverMajor(), zone));
        return compare(type, rule::canonical, texts, oracle.classes(expression(type), texts));
    }

    private static Tally compare(
            ColumnType type, Function<String, Canonical> rule, List<String> texts, List<Integer> classes)
            throws SQLException {
        Map<String, Integer> classOfCanonical = new HashMap<>();
        Map<Integer, String> canonicalOfClass = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        int unjudged = 0;
        for (int i = 0; i < texts.size(); i++) {
            Canonical told = rule.apply(texts.get(i));
            Canonical canonical = told instanceof Canonical.Absent ? new Canonical.Known("") : told;
            int expected = classes.get(i);
            boolean agrees = true;
            if (canonical instanceof Canonical.Known value) {
                agrees = expected != CastOracle.REFUSED
                        && classOfCanonical.computeIfAbsent(value.text(), t -> expected) == expected
                        && canonicalOfClass
                                .computeIfAbsent(expected, c -> value.text())
                                .equals(value.text());
            } else if (canonical instanceof Canonical.Refused) {
                agrees = expected == CastOracle.REFUSED;
            } else {
                unjudged++;
            }
            if (!agrees) {
                wrong.add(describe(
                        texts.get(i), canonical, expected, canonicalOfClass.getOrDefault(expected, "no other")));
            }
        }
        tried += texts.size();
        judged += texts.size() - unjudged;
        assertThat(wrong)
                .as("%s on PostgreSQL %s", type.sqlName(), oracle.serverMajor())
                .isEmpty();
        return new Tally(texts.size(), unjudged);
    }

    private static String describe(String text, Canonical canonical, int expected, String other) {
        String server = expected == CastOracle.REFUSED ? "refuses" : "makes it class " + expected + ", like " + other;
        return "\"" + text + "\": the rule says " + canonical + ", the server " + server;
    }
}
