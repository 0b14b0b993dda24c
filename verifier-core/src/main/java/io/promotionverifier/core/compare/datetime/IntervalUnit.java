package io.promotionverifier.core.compare.datetime;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a number of an interval counts. */
enum IntervalUnit {
    MICROSECOND("microsecon us usec usecond useconds usecs"),
    MILLISECOND("millisecon ms msec msecond mseconds msecs"),
    SECOND("s sec second seconds secs"),
    MINUTE("m min mins minute minutes"),
    HOUR("h hour hours hr hrs"),
    DAY("d day days"),
    WEEK("w week weeks"),
    MONTH("mon mons month months"),
    YEAR("y year years yr yrs"),
    DECADE("dec decade decades decs"),
    CENTURY("c cent centuries century"),
    MILLENNIUM("mil millennia millennium mils"),
    /** A unit that no number can have. */
    UNCOUNTABLE("qtr quarter timezone timezone_h timezone_m");

    /** PostgreSQL compares so many characters of a word and passes over the rest. */
    private static final int SIGNIFICANT = 10;

    /** The units of a time of day. */
    static final Set<IntervalUnit> TIME = Set.copyOf(EnumSet.of(HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND));

    private static final Map<String, IntervalUnit> WORDS = words();

    private final String names;

    IntervalUnit(String names) {
        this.names = names;
    }

    private static Map<String, IntervalUnit> words() {
        Map<String, IntervalUnit> words = new HashMap<>();
        for (IntervalUnit unit : values()) {
            for (String name : unit.names.split(" ", -1)) {
                words.put(name, unit);
            }
        }
        return Map.copyOf(words);
    }

    /** The unit that a lower-case word names. */
    static Optional<IntervalUnit> of(String word) {
        return Optional.ofNullable(WORDS.get(word.substring(0, Math.min(word.length(), SIGNIFICANT))));
    }
}
