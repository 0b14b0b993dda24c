package io.promotionverifier.postgres.oracle;

import io.promotionverifier.core.promotion.ColumnType.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Dates, times and intervals by a loose grammar: valid forms, and ones that miss by a word or a number. Seeded. */
final class TemporalTexts {
    private static final List<String> MONTHS =
            List.of("Jan", "february", "MAR", "may", "June", "sept", "Oct", "december", "Febr");
    private static final List<String> WORDS = List.of(
            "BC",
            "AD",
            "bc",
            "AM",
            "pm",
            "Mon",
            "thursday",
            "sat",
            "Z",
            "UTC",
            "zulu",
            "gmt",
            "on",
            "at",
            "t",
            "T",
            "J",
            "julian",
            "jd",
            "allballs",
            "epoch",
            "infinity",
            "-infinity",
            "+infinity",
            "now",
            "today",
            "dst",
            "y",
            "d",
            "EST",
            "Europe/Paris",
            "ago",
            "jan");
    private static final List<String> OFFSETS = List.of(
            "Z",
            "+00",
            "-00",
            "+2",
            "-08",
            "+0530",
            "-03:30",
            "+05:45",
            "+14:00",
            "-12:34:56",
            "+15:59:59",
            "+16",
            " +1",
            " -7",
            "+1:60",
            "",
            "",
            "");
    private static final List<String> UNITS = List.of(
            "us",
            "microseconds",
            "microsecondfoo",
            "ms",
            "msec",
            "milliseconds",
            "s",
            "sec",
            "seconds",
            "m",
            "min",
            "minutes",
            "mm",
            "h",
            "hr",
            "hours",
            "d",
            "day",
            "days",
            "w",
            "weeks",
            "mon",
            "mons",
            "month",
            "y",
            "yr",
            "years",
            "dec",
            "decades",
            "c",
            "centuries",
            "mil",
            "millennium",
            "millenniums",
            "qtr",
            "fortnight",
            "ago",
            "infinity",
            "at",
            "doy",
            "timezone");
    private static final List<String> ISO_UNITS =
            List.of("Y", "M", "W", "D", "H", "M", "S", "T", "T", "-", ":", "", "y", "Q");

    private final Texts texts;
    private final Random random;

    TemporalTexts(Texts texts, Random random) {
        this.texts = texts;
        this.random = random;
    }

    /** So many texts for a kind: the given forms, the grammar's, and in one half what mutation makes of them. */
    List<String> around(Kind kind, List<String> given, int count) {
        List<String> forms = new ArrayList<>(given);
        while (forms.size() < count / 2) {
            forms.add(next(kind));
        }
        return texts.around(forms, "0123456789-:/. +TZPYMWDHSabcjpmntdyst", count);
    }

    private String next(Kind kind) {
        return switch (kind) {
            case DATE -> date();
            case TIME, TIMETZ -> timeOfDay();
            case INTERVAL -> random.nextInt(4) == 0 ? isoInterval() : interval();
            default -> moment();
        };
    }

    private String date() {
        return switch (random.nextInt(12)) {
            case 0 -> moment();
            case 1 -> "J" + (random.nextBoolean() ? "" : " ") + dayCount();
            default -> day() + (random.nextInt(8) == 0 ? " " + pick(WORDS) : "");
        };
    }

    private String moment() {
        String text = day() + pick(List.of(" ", " ", "T", "  ")) + time() + pick(OFFSETS);
        return switch (random.nextInt(10)) {
            case 0 -> pick(WORDS) + " " + text;
            case 1 -> text + " " + pick(WORDS);
            case 2 -> "J" + dayCount() + pick(List.of("", " " + time(), pick(OFFSETS)));
            case 3 -> time() + " " + day();
            default -> text;
        };
    }

    private String timeOfDay() {
        String text = time() + pick(OFFSETS);
        return switch (random.nextInt(10)) {
            case 0 -> day() + " " + text;
            case 1 -> text + " " + pick(WORDS);
            case 2 -> pick(WORDS) + " " + text;
            case 3 -> pick(List.of("T", "t ", "j 5 ", "J2451187 ")) + text;
            case 4 -> day() + " " + text + " " + pick(List.of("BC", "Europe/Paris", "UTC", "America/New_York"));
            default -> text;
        };
    }

    private String day() {
        int month = 1 + random.nextInt(random.nextInt(12) == 0 ? 13 : 12);
        int day = 1 + random.nextInt(random.nextInt(12) == 0 ? 32 : 28);
        int year = year();
        return switch (random.nextInt(14)) {
            case 0 -> String.format(Locale.ROOT, "%04d%02d%02d", year, month, day);
            case 1 -> String.format(Locale.ROOT, "%04d-%03d", year, random.nextInt(368));
            case 2 -> String.format(Locale.ROOT, "%04d.%03d", year, random.nextInt(368));
            case 3 -> day + " " + pick(MONTHS) + " " + year;
            case 4 -> pick(MONTHS) + "-" + day + "-" + year;
            case 5 -> pick(MONTHS) + " " + day + ", " + year;
            case 6 -> String.format(Locale.ROOT, "%d/%d/%04d", month, day, year);
            case 7 -> String.format(Locale.ROOT, "%04d-%d-%d", year, month, day);
            case 8 -> pick(List.of("Mon, ", "Sat ", "thursday ")) + day + " " + pick(MONTHS) + " " + year;
            default -> String.format(Locale.ROOT, "%04d-%02d-%02d", year, month, day);
        };
    }

    private int year() {
        return switch (random.nextInt(10)) {
            case 0 -> random.nextInt(6_000_000);
            case 1 -> pick(List.of(0, 1, 4, 99, 4713, 4714, 9999, 10_000, 294_276, 294_277, 5_874_897, 5_874_898));
            default -> 1960 + random.nextInt(90);
        };
    }

    private String dayCount() {
        String whole = pick(List.of("0", "1", "2451187", "2147483493", "2147483494", "2147483647", "2147483648"));
        String days = random.nextBoolean() ? whole : Integer.toString(random.nextInt(5_000_000));
        return days + (random.nextInt(3) == 0 ? fraction() : "");
    }

    private String time() {
        int hour = random.nextInt(random.nextInt(10) == 0 ? 26 : 24);
        int minute = random.nextInt(random.nextInt(20) == 0 ? 62 : 60);
        int second = random.nextInt(random.nextInt(10) == 0 ? 62 : 60);
        return switch (random.nextInt(14)) {
            case 0 -> String.format(Locale.ROOT, "%02d:%02d", hour, minute);
            case 1 -> String.format(Locale.ROOT, "%02d%02d%02d", hour, minute, second);
            case 2 -> String.format(Locale.ROOT, "%02d%02d", hour, minute);
            case 3 -> String.format(Locale.ROOT, "%02d%02d%02d", hour, minute, second) + fraction();
            case 4 -> String.format(Locale.ROOT, "%02d:%02d", minute, second) + fraction();
            case 5 -> (hour % 13) + ":" + minute + pick(List.of(" AM", " pm", "PM", "am"));
            case 6 ->
                pick(List.of("24:00:00", "23:59:60", "23:59:59.9999999", "24:00:00.000001", "00:00:60", "23:60:00"));
            case 7 -> pick(List.of("0", "24", "2400", "240000", "235960", "126000", "1200.5", "12.5", "T12"));
            default -> String.format(Locale.ROOT, "%02d:%02d:%02d", hour, minute, second) + fraction();
        };
    }

    private String fraction() {
        if (random.nextInt(3) == 0) {
            return "";
        }
        StringBuilder fraction = new StringBuilder(".");
        int digits = random.nextInt(10);
        for (int i = 0; i < digits; i++) {
            fraction.append(random.nextInt(3) == 0 ? 5 : random.nextInt(10));
        }
        return fraction.toString();
    }

    private String interval() {
        StringBuilder text = new StringBuilder(random.nextInt(10) == 0 ? "@ " : "");
        int parts = 1 + random.nextInt(4);
        for (int i = 0; i < parts; i++) {
            text.append(random.nextInt(6) == 0 ? spanTime() : number() + pick(List.of(" ", "", " ")) + pick(UNITS));
            text.append(pick(List.of(" ", " ", " ", "", ", ")));
        }
        return switch (random.nextInt(8)) {
            case 0 -> text + spanTime();
            case 1 -> text + "ago";
            case 2 -> number() + " " + spanTime();
            case 3 -> number() + pick(List.of("-", " -", " ")) + number() + " " + number() + " " + spanTime();
            default -> text.toString();
        };
    }

    private String spanTime() {
        String hours = random.nextInt(8) == 0 ? number() : Integer.toString(random.nextInt(30));
        String rest = String.format(Locale.ROOT, ":%02d", random.nextInt(62));
        String seconds = random.nextInt(3) == 0 ? "" : String.format(Locale.ROOT, ":%02d", random.nextInt(62));
        return pick(List.of("", "", "-", "+")) + hours + rest + seconds + fraction();
    }

    private String number() {
        String sign = pick(List.of("", "", "", "-", "+"));
        String digits = switch (random.nextInt(12)) {
            case 0 -> pick(List.of("2147483647", "2147483648", "178956970", "178956971", "9223372036854775807"));
            case 1 -> Long.toString(random.nextLong() >>> random.nextInt(63));
            case 2 -> pick(List.of("9223372036854775808", "2562047788", "153722867280", "596523", "106751991", "0"));
            default -> Integer.toString(random.nextInt(100));
        };
        return sign + digits + (random.nextInt(3) == 0 ? fraction() : "");
    }

    private String isoInterval() {
        StringBuilder text = new StringBuilder("P");
        switch (random.nextInt(6)) {
            case 0 ->
                text.append(String.format(Locale.ROOT, "%08d", random.nextInt(30_000_000)))
                        .append(fraction());
            case 1 -> text.append(String.format(Locale.ROOT, "%04d-%02d-%02d", random.nextInt(3000), 5, 6));
            default -> {
                int parts = random.nextInt(4);
                for (int i = 0; i < parts; i++) {
                    text.append(isoNumber()).append(pick(ISO_UNITS));
                }
            }
        }
        if (random.nextInt(3) > 0) {
            text.append('T');
            switch (random.nextInt(4)) {
                case 0 ->
                    text.append(String.format(Locale.ROOT, "%06d", random.nextInt(240_000)))
                            .append(fraction());
                case 1 -> text.append("04:05:06").append(fraction());
                default ->
                    text.append(isoNumber())
                            .append(pick(ISO_UNITS))
                            .append(isoNumber())
                            .append("S");
            }
        }
        return text.toString();
    }

    private String isoNumber() {
        String exponent = random.nextInt(15) == 0 ? pick(List.of("e2", "E-3", "e+1", "e400", "e-400", "e")) : "";
        return number().replace("+", "") + exponent;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
