package io.promotionverifier.core.ledger;

/** Along what outcomes and findings are broken down. */
public enum Dimension {
    /** How the writing application names itself. */
    WRITER(32, 3),
    /** What was done to the row. */
    OPERATION(8, 5),
    /** The hour of the commit, UTC. */
    HOUR(48, 3);

    private final int named;
    private final int told;

    Dimension(int named, int told) {
        this.named = named;
        this.told = told;
    }

    /** How many slices are kept by name; all others are counted together. */
    int named() {
        return named;
    }

    /** How many slices a status tells; all others are told together. */
    int told() {
        return told;
    }
}
