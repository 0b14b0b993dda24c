package io.promotionverifier.postgres.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One text for each key, whoever names it. The server is asked in {@code RecordDecoderIT}. */
class RowKeysTest {
    private static RowKeys keys(KeyForm form) {
        return new RowKeys(List.of(new KeyPart("id", form)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "NUMBER|17|{\"id\": 17}",
                "NUMBER|+017|{\"id\": 17}",
                "NUMBER|-5|{\"id\": -5}",
                "NUMBER|1.50|{\"id\": 1.50}",
                "BOOLEAN|TRUE|{\"id\": true}",
                "TEXT|17|{\"id\": \"17\"}",
                "TEXT|a\"b\\c|{\"id\": \"a\\\"b\\\\c\"}",
                "UUID|A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11|{\"id\": \"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\"}",
                "DATE|2024-02-29|{\"id\": \"2024-02-29\"}",
                "TIMESTAMPTZ|2025-01-15 10:00:00.10+02|{\"id\": \"2025-01-15T08:00:00.1+00:00\"}",
                "TIMESTAMPTZ|2025-01-15T10:00:00Z|{\"id\": \"2025-01-15T10:00:00+00:00\"}"
            })
    void whatAPersonTypesBecomesTheKeyOfTheStream(KeyForm form, String typed, String json) {
        assertThat(keys(form).read(typed).json()).isEqualTo(json);
        assertThat(keys(form).from(typed).json()).isEqualTo(json);
    }

    @Test
    void aNumberOfAYamlFileIsAKey() {
        assertThat(keys(KeyForm.NUMBER).from(17).json()).isEqualTo("{\"id\": 17}");
        assertThat(keys(KeyForm.TEXT).from(17L).json()).isEqualTo("{\"id\": \"17\"}");
    }

    @Test
    void membersAreOrderedByLengthThenBytes() {
        RowKeys keys = new RowKeys(List.of(
                new KeyPart("bb", KeyForm.NUMBER),
                new KeyPart("é", KeyForm.NUMBER),
                new KeyPart("a", KeyForm.TEXT),
                new KeyPart("ab", KeyForm.NUMBER)));
        assertThat(keys.from(Map.of("é", 4, "bb", 3, "ab", 2, "a", "x")).json())
                .isEqualTo("{\"a\": \"x\", \"ab\": 2, \"bb\": 3, \"é\": 4}");
        assertThat(keys.read("{\"é\":4,\"bb\":3,\"ab\":2,\"a\":\"x\"}").json())
                .isEqualTo("{\"a\": \"x\", \"ab\": 2, \"bb\": 3, \"é\": 4}");
    }

    @Test
    void nothingIsEscapedThatNeedNotBe() {
        assertThat(keys(KeyForm.TEXT)
                        .from("\b\f\n\r\t\u0001\u001f\u007f/é😀\u2028")
                        .json())
                .isEqualTo("{\"id\": \"\\b\\f\\n\\r\\t\\u0001\\u001f\u007f/é😀\u2028\"}");
    }

    @Test
    void specialNumbersAreStrings() {
        assertThat(keys(KeyForm.NUMBER).of(name -> "NaN").json()).isEqualTo("{\"id\": \"NaN\"}");
        assertThat(keys(KeyForm.NUMBER).of(name -> "-Infinity").json()).isEqualTo("{\"id\": \"-Infinity\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "", "{\"id\":1,\"x\":2}", "{\"x\":1}", "{\"id\":null}", "{\"id\":[1]}", "{\"id\":1", "{}"})
    void whatIsNoKeyIsRefused(String typed) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keys(KeyForm.NUMBER).read(typed));
    }

    @Test
    void aScalarIsNoKeyOfTwoColumns() {
        RowKeys keys = new RowKeys(List.of(new KeyPart("a", KeyForm.NUMBER), new KeyPart("b", KeyForm.NUMBER)));
        assertThatIllegalArgumentException().isThrownBy(() -> keys.read("1")).withMessageContaining("[a, b]");
    }
}
