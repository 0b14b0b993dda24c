package io.promotionverifier.core.compare.datetime;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the fields have said so far. Mutable, confined to the reading of one text. */
final class Draft {
    private final Set<Part> seen = EnumSet.noneOf(Part.class);

    int year;
    int month;
    int day;
    int dayOfYear;
    boolean isTwoDigitYear;
    boolean isBeforeChrist;

    /** True when the date was said as a count of days, which no era changes. */
    boolean isDayCount;

    int hour;
    int minute;
    int second;
    int micros;
    boolean isAfternoon;
    int offsetSeconds;

    /** True once something was read whose meaning only the server knows. */
    boolean isUnsure;

    /** True once the session's date order decided what a number is. */
    boolean dependsOnOrder;

    /** Marks parts as said; false if one of them was said before. */
    boolean claim(Part... parts) {
        boolean free = true;
        for (Part part : parts) {
            free &= seen.add(part);
        }
        return free;
    }

    /** {@code allballs}: midnight UTC; false if a time or a zone was said before. */
    boolean readMidnight() {
        hour = 0;
        minute = 0;
        second = 0;
        offsetSeconds = 0;
        return claim(Part.TIME, Part.ZONE);
    }

    boolean has(Part part) {
        return seen.contains(part);
    }

    boolean hasDate() {
        return seen.containsAll(Part.DATE);
    }

    boolean hasOnly(Set<Part> wanted, Part... passedOver) {
        Set<Part> rest = EnumSet.copyOf(seen);
        rest.removeAll(List.of(passedOver));
        return rest.equals(wanted);
    }

    /** The parts of the calendar date that were said. */
    Set<Part> dateParts() {
        Set<Part> parts = EnumSet.copyOf(Part.DATE);
        parts.retainAll(seen);
        return parts;
    }
}
