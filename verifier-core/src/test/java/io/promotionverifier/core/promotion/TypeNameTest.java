package io.promotionverifier.core.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person writes is the type that the server prints, whatever its usual name. */
class TypeNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int4 | integer | true",
                "INT8 | bigint | true",
                "bigint | integer | false",
                "decimal (10, 2) | numeric(10,2) | true",
                "decimal | numeric(10,2) | true",
                "numeric(10,3) | numeric(10,2) | false",
                "bool | boolean | true",
                "timestamptz | timestamp with time zone | true",
                "timestamp(3) | timestamp(3) without time zone | true",
                "timestamp | timestamp with time zone | false",
                "interval | interval day to second(3) | true",
                "text[] | text[] | true",
                "int4[] | integer[] | true",
                "int8[] | integer[] | false",
                "integer | integer[] | false",
                "prio | public.prio | true",
                "other.prio | public.prio | false"
            })
    void aTypeIsKnownByItsUsualNames(String written, String sqlName, boolean same) {
        assertThat(TypeName.isOf(written, sqlName)).isEqualTo(same);
    }
}
