package io.promotionverifier.core.settle;

/** Where a finding stands. */
public enum FindingState {
    /** The mismatch is younger than grace: the second write may still come. */
    SUSPECTED,
    /** Stream time has passed the opening by more than grace. */
    CONFIRMED,
    /** The second write came in time. */
    CONVERGED,
    /** The row agrees again, is gone or is explained. */
    RESOLVED;

    /** True while the row disagrees. */
    public boolean isOpen() {
        return this == SUSPECTED || this == CONFIRMED;
    }
}
