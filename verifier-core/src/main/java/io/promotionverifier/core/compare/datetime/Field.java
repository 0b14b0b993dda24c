package io.promotionverifier.core.compare.datetime;

/**
 * One field of a date and time text.
 *
 * @param kind what its first characters make of it
 * @param text its characters in lower case, without white space
 */
record Field(Kind kind, String text) {
    /** The forms of a field. */
    enum Kind {
        /** Digits, perhaps with a decimal point. */
        NUMBER,
        /** Digits or letters joined by {@code - / .}: a date, or the name of a zone. */
        DATE,
        /** Digits joined by colons. */
        TIME,
        /** A sign and digits. */
        OFFSET,
        /** Letters. */
        WORD,
        /** A sign and letters. */
        SIGNED_WORD
    }

    /** True when the field begins with a digit. */
    boolean startsWithDigit() {
        return Ascii.isDigit(text.charAt(0));
    }
}
