package io.promotionverifier.core.compare.datetime;

import java.util.EnumSet;
import java.util.Set;

/** What one field can say of a moment; each may be said once. */
enum Part {
    YEAR,
    MONTH,
    DAY,
    DAY_OF_YEAR,
    TIME,
    ZONE,
    DAYLIGHT,
    WEEKDAY,
    HALF_OF_DAY,
    ERA;

    /** The parts of a calendar date. */
    static final Set<Part> DATE = Set.copyOf(EnumSet.of(YEAR, MONTH, DAY));
}
