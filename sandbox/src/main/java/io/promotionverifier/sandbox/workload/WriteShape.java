package io.promotionverifier.sandbox.workload;

/** How the application writes. The weight is the shape's share of the writes, in percent. */
public enum WriteShape {
    /** One UPDATE for both sides. */
    ONE_STATEMENT(35),
    /** One UPDATE for each side, in one transaction. */
    TWO_STATEMENTS(13),
    /** One transaction for each side, 5 to 500 ms apart. */
    SPLIT(12),
    /** New rows, one or several in a statement. */
    INSERT(11),
    /** Rows gone, one or several in a statement. */
    DELETE(7),
    /** One UPDATE for both sides of many rows. */
    MANY_ROWS(4),
    /** A one-sided UPDATE that is rolled back. */
    ROLLBACK(3),
    /** A one-sided UPDATE rolled back to a savepoint, then both sides. */
    SAVEPOINT(3),
    /** A new roadmap item. */
    PARENT_INSERT(2),
    /** A roadmap item gone; the foreign key clears the columns that pointed to it. */
    PARENT_DELETE(2),
    /** An UPDATE of neither side. */
    UNRELATED(8),
    /** A write with a fault; its share is the fault rate. */
    FAULT(0);

    private final int weight;

    WriteShape(int weight) {
        this.weight = weight;
    }

    int weight() {
        return weight;
    }
}
