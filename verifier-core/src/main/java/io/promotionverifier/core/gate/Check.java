package io.promotionverifier.core.gate;

import java.util.Optional;

/**
 * One line of the gate's checklist.
 *
 * @param name its name, the same for ever
 * @param result what came of it
 * @param observed what was seen; absent when nobody knows
 * @param required what was asked for; absent where nothing is measured
 * @param detail one sentence: why, and what to do about it
 */
public record Check(String name, Result result, Optional<Figure> observed, Optional<Figure> required, String detail) {
    /** What came of a check. */
    public enum Result {
        /** As it should be. */
        PASS,
        /** Somebody should look at it; the gate does not close for it. */
        WARN,
        /** Not as it should be. */
        FAIL,
        /** There is no evidence: never as good as a pass. */
        UNKNOWN
    }

    /** True when the gate stays closed for it. */
    public boolean closes() {
        return result == Result.FAIL || result == Result.UNKNOWN;
    }

    static Check pass(String name, Figure observed, Figure required, String detail) {
        return new Check(name, Result.PASS, Optional.of(observed), Optional.of(required), detail);
    }

    static Check warn(String name, Figure observed, Figure required, String detail) {
        return new Check(name, Result.WARN, Optional.of(observed), Optional.of(required), detail);
    }

    static Check fail(String name, Figure observed, Figure required, String detail) {
        return new Check(name, Result.FAIL, Optional.of(observed), Optional.of(required), detail);
    }

    static Check unknown(String name, Figure required, String detail) {
        return new Check(name, Result.UNKNOWN, Optional.empty(), Optional.of(required), detail);
    }

    /** A pass if a condition holds; else a failure. */
    static Check of(String name, boolean good, Figure observed, Figure required, String detail) {
        return good ? pass(name, observed, required, detail) : fail(name, observed, required, detail);
    }
}
