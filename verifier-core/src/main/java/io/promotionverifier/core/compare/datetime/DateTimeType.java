package io.promotionverifier.core.compare.datetime;

/** The types that a date and time text can be read as. */
public enum DateTimeType {
    DATE(128),
    TIME(128),
    TIMETZ(128),
    TIMESTAMP(152),
    TIMESTAMPTZ(152);

    private final int workSpace;

    DateTimeType(int workSpace) {
        this.workSpace = workSpace;
    }

    /** The characters that the server's input function has room for. */
    int workSpace() {
        return workSpace;
    }

    /** True for a time of day, of which any date that is given is forgotten. */
    boolean isTimeOfDay() {
        return this == TIME || this == TIMETZ;
    }
}
