package io.promotionverifier.postgres.preflight.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NullInListTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '#',
            value = {
                "CHECK ((c = ANY (ARRAY['a'::text, NULL::text]))) ; CHECK ((c = ANY (ARRAY['a'::text])))",
                "CHECK ((c = ANY (ARRAY[NULL::text, 'a'::text]))) ; CHECK ((c = ANY (ARRAY['a'::text])))",
                "CHECK ((c = ANY (ARRAY['a, NULL::x'::text, NULL::text, 'b]'::text]))) ;"
                        + " CHECK ((c = ANY (ARRAY['a, NULL::x'::text, 'b]'::text])))",
                "CHECK (((c)::text = ANY ((ARRAY['a'::character varying, NULL::character varying])::text[]))) ;"
                        + " CHECK (((c)::text = ANY ((ARRAY['a'::character varying])::text[])))"
            })
    void aNullInAListIsFoundAndCutOut(String definition, String without) {
        assertThat(NullInList.isIn(definition)).isTrue();
        assertThat(NullInList.without(definition)).isEqualTo(without);
        assertThat(NullInList.isIn(without)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CHECK ((c = ANY (ARRAY['a'::text, 'NULL::text'::text])))",
                "CHECK (((c IS NULL) OR (c = ANY (ARRAY['a'::text, 'b'::text]))))",
                "CHECK ((c = ANY (ARRAY['it''s, NULL::text'::text])))"
            })
    void whatALiteralSaysIsNoNull(String definition) {
        assertThat(NullInList.isIn(definition)).isFalse();
    }

    @Test
    void whatHasNoNullStaysAsItIs() {
        assertThat(NullInList.without("CHECK ((n > 0))")).isEqualTo("CHECK ((n > 0))");
    }
}
