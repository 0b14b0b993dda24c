package io.promotionverifier.core.ledger;

/** What a slice counts: the outcomes of row changes, then the states of findings. */
public enum Share {
    MATCHED,
    ABSENT,
    MISMATCHED,
    SUPERSEDED,
    EXPLAINED,
    UNVERIFIABLE,
    SKIPPED,
    /** Open now. */
    SUSPECTED,
    /** Open now. */
    CONFIRMED,
    /** All that ever did. */
    CONVERGED,
    /** All that ever did. */
    RESOLVED;

    /** True for the outcome of a row change. */
    public boolean isOutcome() {
        return compareTo(SUSPECTED) < 0;
    }
}
