package io.promotionverifier.core.sql;

import static io.promotionverifier.core.fixture.PromotionFixture.promotion;
import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.TableName;
import org.junit.jupiter.api.Test;

/** The script in each of its shapes, to the letter. */
class RollbackScriptTest {
    private static final String COMMENT = """
            -- PROMO-001: restore the document's value from the column where the document has none.
            -- Rows where both sides hold different values are left alone: see the findings.
            """;

    @Test
    void aKeyOfTheDocument() {
        assertThat(RollbackScript.of(promotion("PROMO-001").build())).isEqualTo(COMMENT + """
                UPDATE "public"."nexus_cases"
                   SET "metadata" = jsonb_set(coalesce(nullif("metadata", 'null'), '{}'), ARRAY['priority'], to_jsonb("priority"))
                 WHERE "priority" IS NOT NULL
                   AND "metadata" #>> ARRAY['priority'] IS NULL
                   AND coalesce(jsonb_typeof("metadata"), 'null') IN ('object', 'null');
                """);
    }

    @Test
    void aNestedKeyBuildsItsParents() {
        assertThat(RollbackScript.of(promotion("PROMO-001")
                        .from("preferences", "ui", "theme")
                        .to("theme")
                        .build()))
                .isEqualTo(COMMENT + """
                UPDATE "public"."nexus_cases"
                   SET "preferences" = jsonb_set(jsonb_set(coalesce(nullif("preferences", 'null'), '{}'), ARRAY['ui'], coalesce(nullif("preferences" #> ARRAY['ui'], 'null'), '{}')), ARRAY['ui', 'theme'], to_jsonb("theme"))
                 WHERE "theme" IS NOT NULL
                   AND "preferences" #>> ARRAY['ui', 'theme'] IS NULL
                   AND coalesce(jsonb_typeof("preferences"), 'null') IN ('object', 'null')
                   AND coalesce(jsonb_typeof("preferences" #> ARRAY['ui']), 'null') IN ('object', 'null');
                """);
    }

    @Test
    void aWholeColumnIsFilledAndNeverOverwritten() {
        assertThat(RollbackScript.of(
                        promotion("PROMO-001").from("claim_text").to("claim").build()))
                .isEqualTo(COMMENT + """
                UPDATE "public"."nexus_cases"
                   SET "claim_text" = "claim"
                 WHERE "claim" IS NOT NULL
                   AND "claim_text" IS NULL;
                """);
    }

    @Test
    void namesAndKeysAreQuoted() {
        assertThat(RollbackScript.of(promotion("PROMO-001")
                        .table(new TableName("My \"S\"", "T.1"))
                        .from("da\"ta", "it's", "a\\b")
                        .to("Select")
                        .build()))
                .contains("UPDATE \"My \"\"S\"\"\".\"T.1\"\n")
                .contains("SET \"da\"\"ta\" = ")
                .contains("ARRAY['it''s', E'a\\\\b']")
                .contains("to_jsonb(\"Select\")");
    }
}
