package io.promotionverifier.postgres.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.DocumentValue;
import io.promotionverifier.core.change.DocumentValue.Absence;
import io.promotionverifier.core.change.DocumentValue.Shape;
import io.promotionverifier.core.change.Unreadable;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Single shapes; {@code RecordDecoderIT} holds random documents against the server itself. */
class DocumentReaderTest {
    private static final DocumentValue MISSING = new DocumentValue.Absent(Absence.MISSING_KEY);
    private static final DocumentValue NULL = new DocumentValue.Absent(Absence.JSON_NULL);

    private static DocumentValue read(String json, String... path) {
        return new DocumentReader(List.of(List.of(path))).read(json, false).get(0);
    }

    private static DocumentValue readJsonb(String jsonb, String... path) {
        return new DocumentReader(List.of(List.of(path))).read(jsonb, true).get(0);
    }

    private static DocumentValue present(Shape shape, String text) {
        return new DocumentValue.Present(shape, text);
    }

    @Test
    void stringsAreUnescapedAndNumbersKeepTheirDigits() {
        assertThat(read("{\"a\": \"x\\n\\u00e9\\ud83d\\ude00\\\"\"}", "a"))
                .isEqualTo(present(Shape.STRING, "x\né😀\""));
        assertThat(read("{\"a\": 9007199254740993.10}", "a")).isEqualTo(present(Shape.NUMBER, "9007199254740993.10"));
        assertThat(read("{\"a\": -0}", "a")).isEqualTo(present(Shape.NUMBER, "-0"));
        assertThat(read("{\"a\": 1E+400000}", "a")).isEqualTo(present(Shape.NUMBER, "1E+400000"));
        assertThat(read("{\"a\": true}", "a")).isEqualTo(present(Shape.BOOLEAN, "true"));
    }

    @Test
    void nullMissingAndTheWordNullAreToldApart() {
        assertThat(read("{\"a\": null}", "a")).isEqualTo(NULL);
        assertThat(read("{\"b\": 1}", "a")).isEqualTo(MISSING);
        assertThat(read("{\"a\": \"null\"}", "a")).isEqualTo(present(Shape.STRING, "null"));
        assertThat(read("null", "a")).isEqualTo(MISSING);
        assertThat(read("null")).isEqualTo(NULL);
    }

    @Test
    void keysAreLiteral() {
        String json = "{\"a.b\": 1, \"\": 2, \"a\": {\"b\": 3, \"\": 4}}";
        assertThat(read(json, "a.b")).isEqualTo(present(Shape.NUMBER, "1"));
        assertThat(read(json, "")).isEqualTo(present(Shape.NUMBER, "2"));
        assertThat(read(json, "a", "b")).isEqualTo(present(Shape.NUMBER, "3"));
        assertThat(read(json, "a", "")).isEqualTo(present(Shape.NUMBER, "4"));
    }

    @Test
    void aScalarOnTheWayIsMissing() {
        assertThat(read("{\"a\": \"x\"}", "a", "b")).isEqualTo(MISSING);
        assertThat(read("5", "a")).isEqualTo(MISSING);
        assertThat(read("[1]", "a")).isEqualTo(MISSING);
    }

    @Test
    void integersIndexArraysAlsoFromTheEnd() {
        String json = "{\"a\": [10, [20, 21], {\"1\": 30}], \"1\": 40}";
        assertThat(readJsonb(json, "a", "0")).isEqualTo(present(Shape.NUMBER, "10"));
        assertThat(readJsonb(json, "a", "-2", "-1")).isEqualTo(present(Shape.NUMBER, "21"));
        assertThat(readJsonb(json, "a", "2", "1")).isEqualTo(present(Shape.NUMBER, "30"));
        assertThat(readJsonb(json, "a", " +01", "0")).isEqualTo(present(Shape.NUMBER, "20"));
        assertThat(readJsonb(json, "a", "-4")).isEqualTo(MISSING);
        assertThat(readJsonb(json, "a", "1 ")).isEqualTo(MISSING);
        assertThat(readJsonb(json, "a", "99999999999")).isEqualTo(MISSING);
        assertThat(readJsonb(json, "1")).isEqualTo(present(Shape.NUMBER, "40"));
    }

    @Test
    void anElementCountedFromTheEndIsUnknownInJson() {
        assertThat(read("[1, 2]", "-1")).isEqualTo(new DocumentValue.Unavailable(Unreadable.SCHEMA));
        assertThat(read("{\"-1\": 2}", "-1")).isEqualTo(present(Shape.NUMBER, "2"));
    }

    @Test
    void theLastOfEqualKeysWinsInJson() {
        assertThat(read("{\"a\":1,\"a\":2}", "a")).isEqualTo(present(Shape.NUMBER, "2"));
        assertThat(read("{\"a\":1,\"a\":null}", "a")).isEqualTo(NULL);
        assertThat(read("{\"a\":{\"b\":1},\"a\":{\"c\":2}}", "a", "b")).isEqualTo(present(Shape.NUMBER, "1"));
    }

    @Test
    void severalPathsShareOnePass() {
        DocumentReader reader = new DocumentReader(List.of(
                List.of("a", "b"), List.of("a"), List.of(), List.of("x"), List.of("a", "b"), List.of("l", "1")));
        String json = "{\"a\": {\"b\": 1}, \"l\": [1, 2], \"z\": 0}";
        for (boolean normalised : new boolean[] {true, false}) {
            assertThat(reader.read(json, normalised))
                    .containsExactly(
                            present(Shape.NUMBER, "1"),
                            present(Shape.OBJECT, "{\"b\": 1}"),
                            present(Shape.OBJECT, json),
                            MISSING,
                            present(Shape.NUMBER, "1"),
                            present(Shape.NUMBER, "2"));
        }
    }

    @Test
    void oneElementMayBeNamedInTwoWays() {
        DocumentReader reader = new DocumentReader(List.of(List.of("1", "k"), List.of("01", "k"), List.of("-1")));
        assertThat(reader.read("[0, {\"k\": 7}]", true))
                .containsExactly(
                        present(Shape.NUMBER, "7"), present(Shape.NUMBER, "7"), present(Shape.OBJECT, "{\"k\": 7}"));
    }

    @Test
    void containersOfJsonKeepTheirWriting() {
        assertThat(read(" {\"a\" :[ 1,2 ] } ", "a")).isEqualTo(present(Shape.ARRAY, "[ 1,2 ]"));
        assertThat(read(" {\"a\" :[ 1,2 ] } ")).isEqualTo(present(Shape.OBJECT, "{\"a\" :[ 1,2 ] }"));
    }

    @Test
    void whatTheServerRefusesToExtractIsRefusedForEveryPath() {
        assertThat(read("{\"a\": \"\\u0000\", \"b\": 1}", "b")).isEqualTo(DocumentReader.REFUSED);
        assertThat(read("{\"b\": 1, \"a\": \"\\ud800x\"}", "b")).isEqualTo(DocumentReader.REFUSED);
        assertThat(read("{\"b\": 1, \"a\": \"\\udc00\"}", "missing")).isEqualTo(DocumentReader.REFUSED);
        assertThat(read("{\"b\": 1, \"a\": \"\\\\u0000\"}", "b")).isEqualTo(present(Shape.NUMBER, "1"));
    }

    @Test
    void beyondTheLimitsIsUnavailableNeverAnException() {
        DocumentValue limit = new DocumentValue.Unavailable(Unreadable.LIMIT);
        assertThat(read("[".repeat(200_000) + "]".repeat(200_000), "a")).isEqualTo(limit);
        assertThat(read("{\"a\": " + "9".repeat(300_000) + "}", "a")).isEqualTo(limit);
        assertThat(read("{\"x\": " + "[".repeat(50_000) + "]".repeat(50_000) + ", \"a\": 1}", "a"))
                .isEqualTo(present(Shape.NUMBER, "1"));
    }

    @Test
    void whatIsNoJsonIsUnavailable() {
        DocumentValue schema = new DocumentValue.Unavailable(Unreadable.SCHEMA);
        assertThat(read("{\"a\": ", "a")).isEqualTo(schema);
        assertThat(read("", "a")).isEqualTo(schema);
        assertThat(read("oops", "a")).isEqualTo(schema);
    }
}
