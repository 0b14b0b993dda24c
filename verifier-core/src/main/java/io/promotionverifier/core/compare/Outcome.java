package io.promotionverifier.core.compare;

/** What the comparison says of one promotion in one row version. */
public sealed interface Outcome {
    /** Both sides hold the same value. */
    record Matched() implements Outcome {}

    /** Both sides hold none. */
    record Absent() implements Outcome {}

    /**
     * The sides do not agree.
     *
     * @param kind how
     */
    record Mismatched(MismatchKind kind) implements Outcome {}

    /**
     * The sides differ as the promotion declares.
     *
     * @param reason why that is expected
     */
    record Explained(ExplainedReason reason) implements Outcome {}

    /**
     * The version could not be judged.
     *
     * @param reason why
     */
    record Unverifiable(UnverifiableReason reason) implements Outcome {}
}
