package io.promotionverifier.postgres.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.IntervalFields;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnTypesTest {
    private static ColumnDescription.Type type(String name, String sqlName) {
        return type(name, sqlName, -1);
    }

    private static ColumnDescription.Type type(String name, String sqlName, int modifier) {
        return new ColumnDescription.Type(1, modifier, "pg_catalog", name, sqlName, sqlName, 'b', true, List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "interval,-1,,",
        "interval(3),2147418115,3,ALL",
        "interval year,327679,,YEAR",
        "interval day to second(2),470286338,2,DAY_TO_SECOND",
        "interval minute to second,402718719,,MINUTE_TO_SECOND"
    })
    void theFieldsAndThePrecisionOfAnIntervalAreRead(
            String sqlName, int modifier, @Nullable Integer precision, @Nullable IntervalFields fields) {
        ColumnType type = ColumnTypes.of(type("interval", sqlName, modifier)).orElseThrow();

        assertThat(type.precision()).isEqualTo(precision == null ? OptionalInt.empty() : OptionalInt.of(precision));
        assertThat(type.scale()).isEqualTo(fields == null ? OptionalInt.empty() : OptionalInt.of(fields.code()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int|int4|integer|true",
                "INTEGER|int4|integer|true",
                "int8|int8|bigint|true",
                "bigint|int4|integer|false",
                "numeric|numeric|numeric(10,2)|true",
                "decimal (10, 2)|numeric|numeric(10,2)|true",
                "numeric(10,3)|numeric|numeric(10,2)|false",
                "timestamptz|timestamptz|timestamp with time zone|true",
                "timestamp  with time zone|timestamptz|timestamp with time zone|true",
                "timestamp|timestamptz|timestamp with time zone|false",
                "timestamp|timestamp|timestamp without time zone|true",
                "timestamp(3)|timestamp|timestamp(3) without time zone|true",
                "time|time|time without time zone|true",
                "timetz|time|time without time zone|false",
                "interval day to second(3)|interval|interval day to second(3)|true",
                "interval|interval|interval day to second(3)|true",
                "mood|mood|public.mood|true",
                "public.mood|mood|public.mood|true",
                "Public.\"mood\"|mood|public.mood|true",
                "other.mood|mood|public.mood|false"
            })
    void aStatedTypeIsKnownByItsUsualNames(String stated, String name, String sqlName, boolean same) {
        assertThat(ColumnTypes.states(stated, type(name, sqlName))).isEqualTo(same);
    }
}
