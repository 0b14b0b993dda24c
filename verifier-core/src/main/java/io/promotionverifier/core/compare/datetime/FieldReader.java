package io.promotionverifier.core.compare.datetime;

/** Reads the fields of one text in their order. Single use, confined to one thread. */
interface FieldReader {
    /** Reads all fields; false if PostgreSQL refuses one of them. */
    boolean read();

    /** What the fields said. */
    Draft draft();
}
