package io.promotionverifier.app.it;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What a column of a type may hold, and a document that feeds it.
 *
 * @param sqlType as the column is declared
 * @param values texts that the column accepts
 * @param documents JSON in other spellings of these, near them, or refused
 * @param unverifiable texts that nobody can judge, with the reason
 */
record WholeType(String sqlType, List<String> values, List<String> documents, Map<String, String> unverifiable) {
    private static final Map<String, String> SESSION =
            Map.of("now", "VOLATILE", "today", "VOLATILE", "01/02/2024", "VOLATILE");
    private static final Map<String, String> NOW = Map.of("now", "VOLATILE");
    private static final Map<String, String> NESTED = Map.of("[[1]]", "LIMIT", "{{1},{2}}", "LIMIT");

    static final String DDL = """
            CREATE EXTENSION citext;
            CREATE TYPE level AS ENUM ('low', 'high', 'very high', 'it''s');
            CREATE DOMAIN price AS numeric(5,2);
            """;

    static final WholeType TEXT = of(
            "text",
            List.of("low", "high", "Low ", "", "\u00e9", "e\u0301", "\ud83d\ude00", "it's", "a\\b\"c\tx"),
            List.of("\"l\\u006fw\"", "5", "1.50", "true", "[1, 2]", "{\"a\": 1}", "\"null\"", "\"LOW\""));
    static final WholeType SWOLLEN = of(
            "text",
            List.of("low", "high", "__debezium_unavailable_value", "\u00e9"),
            List.of("\"l\\u006fw\"", "5", "\"__debezium_unavailable_valu\""));
    static final WholeType VARCHAR = of(
            "varchar(5)",
            List.of("ab", "ab ", "abcde", " ab", "\ud83d\ude00\ud83d\ude00"),
            List.of("\"abcdefg\"", "\"abcde   \"", "123456", "\"AB\""));
    static final WholeType CHAR =
            of("char(4)", List.of("ab", "abcd", "", " a"), List.of("\"ab  \"", "\"abcdef\"", "\"abcd  \"", "12"));
    static final WholeType CITEXT =
            of("citext", List.of("low", "LOW", "High", "x y"), List.of("\"Low\"", "\"low \"", "\"HIGH\""));
    static final WholeType LEVEL =
            of("level", List.of("low", "high", "very high", "it's"), List.of("\"Low\"", "\"\"", "1", "\"low \""));
    static final WholeType BOOLEAN = of(
            "boolean",
            List.of("true", "false"),
            List.of("true", "false", "\"yes\"", "\" off\"", "1", "\"o\"", "\"t\"", "2", "\"\""));
    static final WholeType SMALLINT = of(
            "smallint",
            List.of("0", "7", "-32768", "32767"),
            List.of("\"007\"", "\" 7 \"", "32768", "7.0", "\"0x7\"", "1e1", "\"\""));
    static final WholeType INTEGER = of(
            "integer",
            List.of("0", "42", "-2147483648"),
            List.of("\"+42\"", "2147483648", "42.4", "\"4_2\"", "\"x\"", "[]"));
    static final WholeType BIGINT = of(
            "bigint",
            List.of("0", "9007199254740993", "-9223372036854775808"),
            List.of("9007199254740992", "9223372036854775808", "\"0b101\"", "true"));
    static final WholeType NUMERIC = of(
            "numeric",
            List.of("1.50", "-0.000", "NaN", "Infinity", "12345678901234567890.123456789", "1e100"),
            List.of("1.5", "\"nan\"", "15e-1", "\"1.5.\"", "\"-inf\"", "12345678901234567890.12345678"));
    static final WholeType ROUNDED = of(
            "numeric(5,2)", List.of("1.50", "999.99", "-0.01"), List.of("1.504", "1.505", "999.995", "1000", "-0.012"));
    static final WholeType PRICE =
            of("price", List.of("1.50", "20", "-3.99"), List.of("20.001", "\"20.00\"", "12345", "\"free\""));
    static final WholeType REAL = of(
            "real",
            List.of("0.1", "-0", "16777216", "NaN", "3.4028235e38"),
            List.of("0.10000000149011612", "16777217", "1e39", "0", "\"infinity\""));
    static final WholeType DOUBLE = of(
            "double precision",
            List.of("0.1", "1e308", "-Infinity", "5e-324"),
            List.of("0.1000000000000000055511151231257827", "1e309", "\"-inf\"", "\"\""));
    static final WholeType UUID = of(
            "uuid",
            List.of("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "00000000-0000-0000-0000-000000000000"),
            List.of("\"{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}\"", "\"a0eebc999c0b4ef8bb6d6bb9bd380a1\"", "0"));
    static final WholeType DATE = new WholeType(
            "date",
            List.of("2024-02-29", "infinity", "0044-03-15 BC"),
            List.of("\"20240229\"", "\"2024-02-30\"", "\"2024-02-29T23:59:59Z\"", "\"Feb 29 2024\""),
            SESSION);
    static final WholeType TIME = new WholeType(
            "time(3)",
            List.of("10:00:00.123", "24:00:00", "00:00"),
            List.of("\"10:00:00.1234\"", "\"10:00:00.1235\"", "\"10 AM\"", "\"25:00\""),
            NOW);
    static final WholeType TIMETZ = new WholeType(
            "timetz",
            List.of("10:00:00+02", "08:00:00+00"),
            List.of("\"10:00:00+02:00\"", "\"08:00:00Z\"", "\"10:00:00\"", "\"x\""),
            NOW);
    static final WholeType TIMESTAMP = new WholeType(
            "timestamp(2)",
            List.of("2024-02-29 10:00:00.12", "infinity"),
            List.of("\"2024-02-29T10:00:00.124\"", "\"2024-02-29T10:00:00.12+05\"", "\"2023-02-29\""),
            SESSION);
    static final WholeType TIMESTAMPTZ = new WholeType(
            "timestamptz",
            List.of("2024-02-29 10:00:00.123456+00", "-infinity", "2024-02-29 10:00:00+00"),
            List.of("\"2024-02-29T12:00:00.123456+02:00\"", "\"2024-02-29 10:00\"", "\"2024-02-29T24:00:01Z\""),
            SESSION);
    static final WholeType MILLIS = new WholeType(
            "timestamptz(3)",
            List.of("2024-02-29 10:00:00.123+00"),
            List.of("\"2024-02-29T10:00:00.1234Z\"", "\"2024-02-29T10:00:00.1235Z\"", "\"\""),
            SESSION);
    static final WholeType INTERVAL = new WholeType(
            "interval",
            List.of("1 day", "24:00:00", "1 mon", "-00:00:01.5", "1 year 2 mons"),
            List.of("\"P1D\"", "\"30 days\"", "\"PT24H\"", "\"1 fortnight\"", "\"14 months\""),
            Map.of("-1 2:03:04", "VOLATILE"));
    static final WholeType JSONB = of(
            "jsonb",
            List.of("{\"a\": [1, 2.0], \"b\": null}", "\"s\"", "7", "null", "[]", "\"7\""),
            List.of("{\"b\": null, \"a\": [1.0, 2]}", "7.00", "{}", "[[]]", "true"));
    static final WholeType INTEGERS = new WholeType(
            "integer[]",
            List.of("{1,2}", "{}", "{NULL,7}", "[0:1]={1,2}"),
            List.of(
                    "[1, 2]",
                    "[\"1\", \" 2\"]",
                    "[]",
                    "[null, 7]",
                    "[1.5]",
                    "7",
                    "[1, \"x\"]",
                    "[[1]]",
                    "\"{{1},{2}}\""),
            NESTED);
    static final WholeType TEXTS = new WholeType(
            "text[]",
            List.of("{a,\"b c\"}", "{NULL,\"NULL\"}", "{\"\"}", "{\"{\\\"a\\\": 1}\"}"),
            List.of("[\"a\", \"b c\"]", "[null, \"NULL\"]", "[\"\"]", "[{\"a\": 1}]", "[[1]]", "\"{a\"", "[1, true]"),
            Map.of("[[1]]", "LIMIT"));

    private static WholeType of(String sqlType, List<String> values, List<String> documents) {
        return new WholeType(sqlType, values, documents, Map.of());
    }

    boolean isJson() {
        return sqlType.equals("jsonb");
    }

    boolean isArray() {
        return sqlType.endsWith("[]");
    }

    String element() {
        return sqlType.replace("[]", "");
    }

    /** JSON that holds a column's value. */
    String spelled(String value, Random random) {
        boolean number = value.matches("-?(0|[1-9]\\d{0,20})(\\.\\d+)?");
        return isJson() || (number && random.nextBoolean())
                ? value
                : TextNode.valueOf(value).toString();
    }

    /** JSON that holds what it wants. */
    String strange(Random random) {
        int dice = random.nextInt(documents.size() + unverifiable.size() + values.size() + 1);
        if (dice < documents.size()) {
            return documents.get(dice);
        }
        dice -= documents.size();
        if (dice < values.size()) {
            return spelled(values.get(dice), random);
        }
        dice -= values.size();
        if (dice == unverifiable.size()) {
            return "null";
        }
        String text = unverifiable.keySet().stream().sorted().toList().get(dice);
        return text.startsWith("[") ? text : TextNode.valueOf(text).toString();
    }
}
