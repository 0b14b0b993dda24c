package io.promotionverifier.core.promotion;

import java.util.Arrays;
import java.util.Optional;

/** The fields that an interval column keeps: what is smaller than the last of them is cut off. */
public enum IntervalFields {
    YEAR(0x0004),
    MONTH(0x0002),
    DAY(0x0008),
    HOUR(0x0400),
    MINUTE(0x0800),
    SECOND(0x1000),
    YEAR_TO_MONTH(0x0006),
    DAY_TO_HOUR(0x0408),
    DAY_TO_MINUTE(0x0c08),
    DAY_TO_SECOND(0x1c08),
    HOUR_TO_MINUTE(0x0c00),
    HOUR_TO_SECOND(0x1c00),
    MINUTE_TO_SECOND(0x1800),
    ALL(0x7fff);

    private final int code;

    IntervalFields(int code) {
        this.code = code;
    }

    /** The set of bits by which PostgreSQL's type modifier holds the fields. */
    public int code() {
        return code;
    }

    /** The fields of a code; empty for one that PostgreSQL does not make. */
    public static Optional<IntervalFields> ofCode(int code) {
        return Arrays.stream(values()).filter(fields -> fields.code == code).findFirst();
    }
}
