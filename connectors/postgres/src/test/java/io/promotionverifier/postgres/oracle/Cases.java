package io.promotionverifier.postgres.oracle;

import io.promotionverifier.core.promotion.ColumnType;
import java.util.ArrayList;
import java.util.List;

/** The texts that each type is tried with. Seeded by what it is given. */
final class Cases {
    private static final List<String> INTEGERS = List.of(
            "0",
            "-0",
            "+7",
            "42",
            " 42 ",
            "007",
            "127",
            "128",
            "32767",
            "32768",
            "-32768",
            "-32769",
            "2147483647",
            "2147483648",
            "-2147483648",
            "-2147483649",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "-9223372036854775809",
            "1_000",
            "0x1F",
            "0X_ff",
            "-0x8000",
            "0x7fff",
            "0o17",
            "0b101",
            "0b1_0",
            "0x",
            "1.0",
            "1e2",
            "",
            " ",
            "-",
            "+ 1",
            "0xffffffffffffffff",
            "-0x8000000000000000",
            "1__0",
            "_1",
            "1_",
            "0_0",
            "00x1",
            "true",
            "null",
            "{}",
            "[1]");

    private static final List<String> NUMERICS = List.of(
            "1.0",
            "1.50",
            "-1.5",
            "+.5",
            "5.",
            ".",
            "-0.0",
            "0.005",
            "0.00499999",
            "999.994",
            "999.995",
            "-999.995",
            "1e2",
            "1E-2",
            "1.5e+3",
            "1e 2",
            "1e131071",
            "1e131072",
            "-1e131071",
            "1e-16383",
            "1e-16384",
            "0e99999",
            "0e-99999",
            "1e1073741822",
            "1e1073741823",
            "0e1073741823",
            "1e-1073741823",
            "1e99999999999999999999",
            "NaN",
            "nan",
            "-nan",
            "Infinity",
            "-infinity",
            "+inf",
            "INF",
            "infinite",
            "12345678901234567890.123456789",
            "9007199254740993",
            "0.1_5",
            "1_0.5",
            "1_.5",
            "1._5",
            "1e1_0",
            "0x1F",
            "0x1F.8",
            "0xde_ad_be_ef",
            "0b1",
            "0o777",
            "49",
            "50",
            "149",
            "150",
            "-150",
            "99949",
            "99950",
            "0.001234",
            "0.00999949",
            "0.0099995",
            "00000123.4500",
            "1e-3",
            "1e-5",
            "1e5");

    private static final List<String> TIMESTAMPS = List.of(
            "2024-02-29 12:34:56.789+00",
            "2024-02-29T12:34:56Z",
            "2023-02-29",
            "infinity",
            "-infinity",
            "+infinity",
            "epoch",
            "now",
            "today",
            "tomorrow",
            "yesterday",
            "allballs",
            "01/02/2024",
            "13/01/2024",
            "1.2.2024",
            "2024/01/02",
            "2024.01.02",
            "20240102",
            "240102",
            "20240102T030405Z",
            "20240102 0304",
            "Jan 2 2024",
            "2 Jan 2024 10:00 PM",
            "January 2, 2024 10:00 UTC",
            "2024-Jan-02",
            "02-Jan-24",
            "Jan-02-2024",
            "Tue Jan  2 10:00:00 2024 UTC",
            "Tue, 02 Jan 2024 10:00:00 GMT",
            "Tue Jan 02 10:00:00.5 PST 2024",
            "1704189600",
            "1704189600000",
            "1704061201",
            "1704189600.5",
            "2024",
            "2024-01",
            "2024-W01-1",
            "2024-001",
            "2024.366",
            "J2451187",
            "2024-01-02 10:00 Europe/Paris",
            "2024-01-02 10:00 EST",
            "2024-01-02 10:00 EST5EDT",
            "2024-01-02 10:00 UTC+3",
            "2024-01-02 10 AM",
            "2024-01-02 12:00 AM",
            "2024-01-02 1000-05",
            "2024-01-02 100000.5-05",
            "99-01-02",
            "24-01-02",
            "0099-01-02",
            "0044-03-15 BC",
            "4714-11-24 00:00:00 BC",
            "4714-11-23 BC",
            "294276-12-31 23:59:59.999999Z",
            "294277-01-01",
            "2024-01-02 T 10:00",
            "2024-01-02T24:00:00Z",
            "2024-01-02 24:00:01",
            "2024-01-02 23:59:60",
            "2024-01-02 23:59:61",
            "10:00",
            "true",
            "",
            "null",
            "{}",
            "2024-01-02 10:00:00.1234565Z",
            "2024-01-02 10:00:00.1234575Z",
            "2024-01-02 10:00:00.Z",
            "1999-12-31 23:59:59.9995Z",
            "2000-01-01 00:00:00.0005Z",
            "2024-03-10 02:30",
            "2024-11-03 01:30",
            "2024-03-31 01:30",
            "2024-10-27 01:30",
            "2024-04-07 01:45",
            "2024-10-06 02:15",
            "2024-03-10 02:00:00",
            "2024-03-10 03:00:00",
            "2024-11-03 01:00:00",
            "2024-11-03 02:00:00",
            "2044-07-01 12:00",
            "2024-01-02 MSK DST",
            "2024-01-02 10:00:00 -0 AD");

    private final Texts texts;
    private final IsoTexts iso;
    private final TemporalTexts temporal;

    Cases(Texts texts, IsoTexts iso, TemporalTexts temporal) {
        this.texts = texts;
        this.iso = iso;
        this.temporal = temporal;
    }

    List<String> isoTimestamps(int count) {
        return iso.list(count);
    }

    /** JSON arrays as a document may hold them. */
    List<String> jsonArrays(int count) {
        return new ValueCases(texts).jsonArrays(count);
    }

    List<String> of(ColumnType type, int count) {
        return switch (type.kind()) {
            case TEXT ->
                texts.around(
                        List.of("", " ", "low", "Low", "low ", "\u00e9", "e\u0301", "\ud83d\ude00", "'", "\\"),
                        "abc\u00e9\u0301",
                        count);
            case BOOLEAN ->
                texts.around(
                        List.of(
                                "t", "true", "TRUE", "f", "False", "y", "yes", "n", "no", "on", "of", "off", "o", "1",
                                "0", "tr", " true\n", "", "10", "00", "2", "yess", "truee", "null"),
                        "truefalsynoONFTY10",
                        count);
            case SMALLINT, INTEGER, BIGINT -> texts.around(with(INTEGERS, 21), "0123456789_-+xXoObBaf", count);
            case NUMERIC -> texts.around(with(NUMERICS, 40), "0123456789._-+eExXob", count);
            case UUID ->
                texts.around(
                        List.of(
                                "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                                "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11",
                                "00000000-0000-0000-0000-000000000000",
                                "ffffffff-ffff-ffff-ffff-ffffffffffff",
                                "{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}",
                                "a0eebc999c0b4ef8bb6d6bb9bd380a11",
                                "a0ee-bc99-9c0b-4ef8-bb6d-6bb9-bd38-0a11",
                                "{a0eebc99-9c0b4ef8-bb6d6bb9-bd380a11}",
                                "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11-",
                                "{a0eebc999c0b4ef8bb6d6bb9bd380a11",
                                "{}",
                                "",
                                "a0e-ebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
                        "0a1eE9-{}g",
                        count);
            case DATE, TIMESTAMP -> temporal.around(type.kind(), TIMESTAMPS, count);
            case TIME, TIMETZ, INTERVAL -> temporal.around(type.kind(), List.of(), count);
            case TIMESTAMPTZ -> timestamps(count);
            case ENUM ->
                texts.around(
                        List.of(
                                "low",
                                "Low",
                                "high",
                                " high",
                                "high ",
                                "",
                                "lo",
                                "very high",
                                "\u00e9",
                                "e\u0301",
                                "it's"),
                        "lowhigé ",
                        count);
            default -> new ValueCases(texts).of(type, count);
        };
    }

    private List<String> timestamps(int count) {
        List<String> forms = new ArrayList<>(TIMESTAMPS);
        forms.addAll(iso.list(count / 10));
        return texts.around(forms, "0123456789-:/. +TZabcjpmntdyst", count);
    }

    private List<String> with(List<String> forms, int mostDigits) {
        List<String> more = new ArrayList<>(forms);
        for (int i = 0; i < forms.size(); i++) {
            more.add(texts.digits(mostDigits));
            more.add(texts.digits(mostDigits) + "." + texts.digits(mostDigits));
            more.add("0x" + Long.toHexString(texts.digits(17).hashCode()));
        }
        return more;
    }
}
