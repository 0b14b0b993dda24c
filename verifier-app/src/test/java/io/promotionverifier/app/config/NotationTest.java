package io.promotionverifier.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.promotion.DocumentPath;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SQL's notations of tables and document paths. */
class NotationTest {
    @TempDir
    private Path folder = Path.of(".");

    private ConfigTexts texts = new ConfigTexts(folder, Map.of());

    @BeforeEach
    void readInTheFolder() {
        texts = new ConfigTexts(folder, Map.of());
    }

    private PromotionConfig with(String assignment) {
        return texts.read(ConfigTexts.LEAST, assignment).promotions().get(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            public.nexus_cases      | public      | nexus_cases
            Public . NEXUS_Cases    | public      | nexus_cases
            "My Schema"."T"         | My Schema   | T
            "a.b"."c""d"            | a.b         | c"d
            public.Straße$1         | public      | straße$1
            """)
    void tablesAreFoldedAndQuotedAsInSql(String written, String schema, String name) {
        assertThat(with("promotions[0].table=" + written).table()).isEqualTo(new TableName(schema, name));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            metadata->>'a'              | metadata | a
            metadata -> 'ui' ->> 'theme'| metadata | ui,theme
            METADATA->'ui'->'theme'     | metadata | ui,theme
            "Doc"->>'it''s'             | Doc      | it's
            metadata->>'a.b'            | metadata | a.b
            metadata#>>'{ui,theme}'     | metadata | ui,theme
            metadata#>'{"a b", c\\d}'   | metadata | a b,cd
            """)
    void pathsAreReadFromArrows(String written, String column, String keys) {
        assertThat(with("promotions[0].from=" + written).from())
                .isEqualTo(new DocumentPath(column, List.of(keys.split(","))));
    }

    @Test
    void aColumnAloneIsTheWholeColumnAndEmptyKeysAreKeys() {
        assertThat(with("promotions[0].from=claim_text").from()).isEqualTo(new DocumentPath("claim_text", List.of()));
        assertThat(with("promotions[0].from=[Claim]").from()).isEqualTo(new DocumentPath("Claim", List.of()));
        assertThat(with("promotions[0].from=doc->''->>'x'").from())
                .isEqualTo(new DocumentPath("doc", List.of("", "x")));
        assertThat(with("promotions[0].from=doc#>>'{}'").from()).isEqualTo(new DocumentPath("doc", List.of()));
        assertThat(with("promotions[0].from=doc#>>'{\"\",\"a,b\"}'").from())
                .isEqualTo(new DocumentPath("doc", List.of("", "a,b")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metadata->>priority",
                "metadata->>'a'->>'b'",
                "metadata->>'a",
                "metadata->0->>'a'",
                "(metadata->>'a')",
                "(metadata->>'a')::text",
                "cases.metadata->>'a'",
                "metadata->>'a' || 'b'",
                "metadata#>>'ui,theme'",
                "metadata#>>'{a,}'",
                "metadata#>>'{a,NULL}'",
                "metadata#>>'{{a}}'",
                "->>'a'",
                "[]",
            })
    void whatIsNoPathIsRefused(String written) {
        assertThat(texts.problems(ConfigTexts.LEAST, "promotions[0].from=" + written))
                .hasSize(1)
                .allSatisfy(told -> assertThat(told).startsWith("--set: promotions[0].from: "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cases", "a.", ".b", "a.b.c", "a b.c", "\"a.b", "\"\".x", "1a.b"})
    void whatIsNoTableIsRefused(String written) {
        assertThat(texts.problems(ConfigTexts.LEAST, "promotions[0].table=" + written))
                .hasSize(1)
                .allSatisfy(told -> assertThat(told).startsWith("--set: promotions[0].table: "));
    }

    @Test
    void aNameThatPostgresWouldCutIsRefused() {
        String long32 = "ä".repeat(32);

        assertThat(texts.problems(ConfigTexts.LEAST, "promotions[0].to=" + long32))
                .containsExactly("--set: promotions[0].to: \"" + long32
                        + "\": longer than 63 bytes, where PostgreSQL cuts names");
        assertThat(texts.problems(ConfigTexts.LEAST, "promotions[0].to=" + "ä".repeat(31)))
                .isEmpty();
    }
}
