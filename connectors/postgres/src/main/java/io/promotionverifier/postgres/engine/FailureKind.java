package io.promotionverifier.postgres.engine;

/** The kinds of failures of the engine, by what helps. */
public enum FailureKind {
    /** Wrong credentials or a missing privilege. */
    ACCESS(Reaction.STOP),
    /** Database, slot or publication is missing, or the slot is lost: coverage must be examined, not resumed. */
    NOT_SET_UP(Reaction.STOP),
    /** Somebody else streams from the slot. */
    SLOT_IN_USE(Reaction.WAIT),
    /** The server starts up, shuts down, or has no connection left. */
    UNAVAILABLE(Reaction.WAIT),
    /** The connection broke, or nobody answers. */
    CONNECTION(Reaction.RETRY),
    /** The handler, or the decoding of a captured table's record, threw. */
    HANDLER(Reaction.STOP),
    /** Anything else: worth a new engine, with a growing pause; the verdict is blind meanwhile. */
    UNKNOWN(Reaction.RETRY);

    private final Reaction reaction;

    FailureKind(Reaction reaction) {
        this.reaction = reaction;
    }

    /** What the caller should do. */
    public Reaction reaction() {
        return reaction;
    }

    /** What to do after a failure. */
    public enum Reaction {
        /** Nothing before a person has acted. */
        STOP,
        /** Start a new engine later: time heals it. */
        WAIT,
        /** Start a new engine, with back-off. */
        RETRY
    }
}
