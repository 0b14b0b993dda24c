package io.promotionverifier.core.change;

/** What the source showed under a document path. */
public sealed interface DocumentValue {
    /** The shape of a value. */
    enum Shape {
        /** No JSON: the text of a whole column. */
        PLAIN,
        STRING,
        NUMBER,
        BOOLEAN,
        OBJECT,
        ARRAY
    }

    /** The forms of absence: equal for those who read the path, told apart in reports. */
    enum Absence {
        MISSING_KEY,
        JSON_NULL,
        NULL_DOCUMENT
    }

    /**
     * A value.
     *
     * @param shape its JSON shape
     * @param text exactly what {@code document #>> path} returns
     */
    record Present(Shape shape, String text) implements DocumentValue {}

    /**
     * No value.
     *
     * @param form how it is absent
     */
    record Absent(Absence form) implements DocumentValue {}

    /**
     * Nothing that could be compared.
     *
     * @param why the reason
     */
    record Unavailable(Unreadable why) implements DocumentValue {}
}
