package io.promotionverifier.postgres.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Timestamps in the forms of ISO 8601 and in PostgreSQL's own, valid and just beyond. Seeded. */
final class IsoTexts {
    private static final List<String> ZONES = List.of(
            "Z",
            "z",
            " Z",
            "+00",
            "+0530",
            "-03:30",
            "+05:45",
            "-08",
            "+14:00",
            "-12:34:56",
            "+15:59:59",
            " +2",
            "+16",
            "");

    private final Random random;

    IsoTexts(Random random) {
        this.random = random;
    }

    List<String> list(int count) {
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(next());
        }
        return texts;
    }

    private String next() {
        String date = date();
        if (random.nextInt(12) == 0) {
            return date + (random.nextInt(3) == 0 ? " BC" : "");
        }
        String separator = List.of("T", "T", " ", " ", "t", "  ").get(random.nextInt(6));
        String era = random.nextInt(15) == 0 ? " BC" : "";
        return date + separator + time() + ZONES.get(random.nextInt(ZONES.size())) + era;
    }

    private String date() {
        int month = 1 + random.nextInt(random.nextInt(20) == 0 ? 13 : 12);
        int day = 1 + random.nextInt(random.nextInt(20) == 0 ? 32 : 28);
        int year = year();
        return switch (random.nextInt(14)) {
            case 0 -> String.format(Locale.ROOT, "%04d%02d%02d", year, month, day);
            case 1 -> String.format(Locale.ROOT, "%04d-%03d", year, random.nextInt(368));
            case 2 -> String.format(Locale.ROOT, "%04d-%d-%d", year, month, day);
            default -> String.format(Locale.ROOT, "%04d-%02d-%02d", year, month, day);
        };
    }

    private int year() {
        return switch (random.nextInt(10)) {
            case 0 -> random.nextInt(300_000);
            case 1 ->
                List.of(0, 1, 99, 4713, 4714, 4715, 9999, 10_000, 294_276, 294_277)
                        .get(random.nextInt(10));
            default -> 1970 + random.nextInt(80);
        };
    }

    private String time() {
        int hour = random.nextInt(random.nextInt(10) == 0 ? 26 : 24);
        int minute = random.nextInt(random.nextInt(20) == 0 ? 62 : 60);
        int second = random.nextInt(random.nextInt(10) == 0 ? 62 : 60);
        return switch (random.nextInt(10)) {
            case 0 -> String.format(Locale.ROOT, "%02d:%02d", hour, minute);
            case 1 -> String.format(Locale.ROOT, "%02d%02d%02d", hour, minute, second);
            case 2 ->
                List.of("24:00:00", "23:59:60", "23:59:59.9999999", "24:00:00.000001", "00:00:60", "23:60:00")
                        .get(random.nextInt(6));
            default -> String.format(Locale.ROOT, "%02d:%02d:%02d", hour, minute, second) + fraction();
        };
    }

    private String fraction() {
        if (random.nextInt(3) == 0) {
            return "";
        }
        StringBuilder fraction = new StringBuilder(".");
        int digits = random.nextInt(11);
        for (int i = 0; i < digits; i++) {
            fraction.append(random.nextInt(3) == 0 ? 5 : random.nextInt(10));
        }
        return fraction.toString();
    }
}
