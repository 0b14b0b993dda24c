package io.promotionverifier.core.compare.datetime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A word that dates and times may hold, whatever the session's settings.
 *
 * @param kind what it is
 * @param value the number of the month from 1; 0 for other words
 */
record Word(Kind kind, int value) {
    /** What a word means. */
    enum Kind {
        MONTH,
        WEEKDAY,
        AM,
        PM,
        AD,
        BC,
        /** {@code at} and {@code on}: passed over. */
        FILLER,
        /** {@code t}: a time follows. */
        TIME_MARK,
        /** {@code allballs}: midnight UTC. */
        MIDNIGHT,
        /** {@code dst}: daylight saving time of the zone before it. */
        DAYLIGHT,
        /** A zone without offset. */
        UTC,
        EPOCH,
        INFINITY,
        NOW,
        /** {@code today}, {@code tomorrow}, {@code yesterday}. */
        DAY_FROM_NOW,
        /** {@code julian}: the next number counts days. */
        JULIAN,
        /** {@code y} and others that say what the next number is. */
        UNIT
    }

    private static final List<String> MONTHS = List.of(
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");

    private static final Map<String, Word> WORDS = words();

    /** Names of UTC: abbreviations in the server's own table of zones, as all its alternatives have them. */
    private static final Set<String> UTC_NAMES = Set.of("gmt", "uct", "ut", "utc", "z", "zulu");

    private static Map<String, Word> words() {
        Map<String, Word> words = new HashMap<>();
        for (int month = 1; month <= MONTHS.size(); month++) {
            String name = MONTHS.get(month - 1);
            words.put(name, new Word(Kind.MONTH, month));
            words.put(name.substring(0, 3), new Word(Kind.MONTH, month));
        }
        words.put("sept", new Word(Kind.MONTH, 9));
        Map<Kind, List<String>> others = Map.ofEntries(
                Map.entry(
                        Kind.WEEKDAY,
                        List.of(
                                "sun",
                                "sunday",
                                "mon",
                                "monday",
                                "tue",
                                "tues",
                                "tuesday",
                                "wed",
                                "weds",
                                "wednesday",
                                "thu",
                                "thur",
                                "thurs",
                                "thursday",
                                "fri",
                                "friday",
                                "sat",
                                "saturday")),
                Map.entry(Kind.AM, List.of("am")),
                Map.entry(Kind.PM, List.of("pm")),
                Map.entry(Kind.AD, List.of("ad")),
                Map.entry(Kind.BC, List.of("bc")),
                Map.entry(Kind.FILLER, List.of("at", "on")),
                Map.entry(Kind.TIME_MARK, List.of("t")),
                Map.entry(Kind.MIDNIGHT, List.of("allballs")),
                Map.entry(Kind.DAYLIGHT, List.of("dst")),
                Map.entry(Kind.EPOCH, List.of("epoch")),
                Map.entry(Kind.INFINITY, List.of("infinity")),
                Map.entry(Kind.NOW, List.of("now")),
                Map.entry(Kind.DAY_FROM_NOW, List.of("today", "tomorrow", "yesterday")),
                Map.entry(Kind.UNIT, List.of("d", "dow", "doy", "h", "isodow", "isoyear", "m", "mm", "s", "y")),
                Map.entry(Kind.JULIAN, List.of("j", "jd", "julian")));
        others.forEach((kind, names) -> names.forEach(name -> words.put(name, new Word(kind, 0))));
        return Map.copyOf(words);
    }

    /** What a lower-case word means; empty for what may be a zone's name. */
    static Optional<Word> of(String text) {
        if (UTC_NAMES.contains(text)) {
            return Optional.of(new Word(Kind.UTC, 0));
        }
        return Optional.ofNullable(WORDS.get(text));
    }

    /** True for a lower-case word that cannot begin a zone's name. */
    static boolean isKeyword(String text) {
        return of(text).filter(word -> word.kind != Kind.UTC).isPresent();
    }

    /** The month that a lower-case word names. */
    static Optional<Integer> month(String text) {
        Word word = WORDS.get(text);
        return word != null && word.kind == Kind.MONTH ? Optional.of(word.value) : Optional.empty();
    }
}
