package io.promotionverifier.app.it;

import io.promotionverifier.app.it.WholePromotion.Document;
import io.promotionverifier.app.it.WholePromotion.Rule;
import io.promotionverifier.app.it.WholeTable.KeyColumn;
import io.promotionverifier.app.it.WholeTable.Kind;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The tables of the property test: one for each family of types, and one for each motion that needs its own. */
final class WholeTables {
    private static final Document D = new Document("d", "jsonb");
    private static final KeyColumn ID = new KeyColumn("id", "bigint", n -> Long.toString(n));

    static final WholeTable WORDS = new WholeTable(
            "public",
            "words",
            List.of(ID),
            List.of(
                    promotion("W-text", "t", "c_text", WholeType.TEXT).with(Rule.WAIVED),
                    promotion("W-expect-null", "t", "c_other", WholeType.TEXT).with(Rule.EXPECT_NULL),
                    promotion("W-varchar", "a.b", "c_varchar", WholeType.VARCHAR),
                    WholePromotion.of("W-char", D, List.of("deep", "x y", "\u00e9\"\\"), "c_char", WholeType.CHAR),
                    promotion("W-citext", "", "c_citext", WholeType.CITEXT),
                    WholePromotion.of("W-enum", D, List.of("l", "1"), "c_level", WholeType.LEVEL),
                    WholePromotion.of("W-json", new Document("raw", "json"), List.of("t"), "c_json", WholeType.TEXT)),
            Kind.PLAIN);

    static final WholeTable NUMBERS = new WholeTable(
            "public",
            "numbers",
            List.of(new KeyColumn("id", "uuid", n -> String.format("a0eebc99-9c0b-4ef8-bb6d-%012x", n))),
            List.of(
                    promotion("N-boolean", "b", "c_boolean", WholeType.BOOLEAN),
                    promotion("N-smallint", "s", "c_smallint", WholeType.SMALLINT),
                    promotion("N-integer", "i", "c_integer", WholeType.INTEGER),
                    promotion("N-bigint", "l", "c_bigint", WholeType.BIGINT),
                    promotion("N-numeric", "n", "c_numeric", WholeType.NUMERIC),
                    promotion("N-rounded", "r", "c_rounded", WholeType.ROUNDED),
                    promotion("N-price", "p", "c_price", WholeType.PRICE).with(Rule.DOMAIN),
                    promotion("N-real", "f", "c_real", WholeType.REAL),
                    promotion("N-double", "d", "c_double", WholeType.DOUBLE),
                    promotion("N-uuid", "u", "c_uuid", WholeType.UUID)),
            Kind.PLAIN);

    static final WholeTable TIMES = new WholeTable(
            "public",
            "times",
            List.of(
                    new KeyColumn("at", "timestamptz", n -> "2024-02-29 10:00:00." + (100_000 + n) + "+02"),
                    new KeyColumn(
                            "day",
                            "date",
                            n -> LocalDate.of(1999, 12, 31).plusDays(n % 5).toString())),
            List.of(
                    promotion("T-date", "d", "c_date", WholeType.DATE),
                    promotion("T-time", "t", "c_time", WholeType.TIME),
                    promotion("T-timetz", "z", "c_timetz", WholeType.TIMETZ),
                    promotion("T-timestamp", "s", "c_timestamp", WholeType.TIMESTAMP),
                    promotion("T-timestamptz", "i", "c_timestamptz", WholeType.TIMESTAMPTZ),
                    promotion("T-millis", "m", "c_millis", WholeType.MILLIS),
                    promotion("T-interval", "n", "c_interval", WholeType.INTERVAL)),
            Kind.PLAIN);

    static final WholeTable ODD = new WholeTable(
            "Odd \"N\u00e4me\".s",
            "T, it's.x",
            List.of(
                    new KeyColumn("c", "integer", n -> Long.toString(-n)),
                    new KeyColumn("K \"ey", "text", n -> "k|\"" + n + "\\"),
                    new KeyColumn("b.n", "numeric", n -> n + ".50")),
            List.of(
                    WholePromotion.of(
                            "O-jsonb", new Document("D.o, c", "jsonb"), List.of("a.b", ""), "x.Y", WholeType.JSONB),
                    WholePromotion.of(
                            "O-integers", new Document("D.o, c", "jsonb"), List.of("I"), "n's", WholeType.INTEGERS),
                    WholePromotion.of("O-texts", new Document("D.o, c", "jsonb"), List.of("T"), "t,s", WholeType.TEXTS),
                    WholePromotion.of(
                            "O-claim", new Document("cl\u00e4im", "text"), List.of(), "cl\u00e4im b", WholeType.JSONB)),
            Kind.PLAIN);

    static final WholeTable PARTED = new WholeTable(
            "public",
            "parted",
            List.of(ID, new KeyColumn("region", "smallint", n -> Long.toString(n % 3))),
            List.of(
                    promotion("P-text", "t", "c_text", WholeType.TEXT),
                    promotion("P-integer", "i", "c_integer", WholeType.INTEGER)),
            Kind.PARTITIONED);

    static final WholeTable CHILDREN = new WholeTable(
            "public",
            "children",
            List.of(ID),
            List.of(promotion(
                            "C-parent",
                            "parent",
                            "parent",
                            new WholeType(
                                    "integer",
                                    List.of("1", "2", "9"),
                                    List.of("\"007\"", "999999", "\"none\"", "\" 2 \""),
                                    Map.of()))
                    .with(Rule.PARENTS)),
            Kind.CHILD);

    static final WholeTable LEAN = swollen("lean", ID, Kind.LEAN);

    static final WholeTable FULL =
            swollen("whole_image", new KeyColumn("id", "varchar(20)", n -> "id " + n), Kind.FULL);

    static final WholeTable DUAL = new WholeTable(
            "public", "dual", List.of(ID), List.of(promotion("D-text", "v", "c", WholeType.TEXT)), Kind.DUAL);

    static final WholeTable ECHO = new WholeTable(
            "public", "echo", List.of(ID), List.of(promotion("E-text", "v", "c", WholeType.TEXT)), Kind.ECHO);

    /** What each of two sessions writes. */
    static final List<WholeTable> ONE = List.of(WORDS, TIMES, PARTED, LEAN, ECHO);

    static final List<WholeTable> TWO = List.of(NUMBERS, ODD, CHILDREN, FULL, DUAL);

    static final List<WholeTable> ALL =
            Stream.concat(ONE.stream(), TWO.stream()).toList();

    private WholeTables() {}

    private static WholePromotion promotion(String id, String path, String column, WholeType type) {
        return WholePromotion.of(id, D, List.of(path), column, type);
    }

    private static WholeTable swollen(String name, KeyColumn key, Kind kind) {
        return new WholeTable(
                "public",
                name,
                List.of(key),
                List.of(
                        promotion(name + "-text", "t", "c_text", WholeType.SWOLLEN),
                        promotion(name + "-integer", "i", "c_integer", WholeType.INTEGER)),
                kind);
    }
}
