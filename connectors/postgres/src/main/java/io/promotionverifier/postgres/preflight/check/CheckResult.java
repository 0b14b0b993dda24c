package io.promotionverifier.postgres.preflight.check;

import java.util.Optional;

/**
 * What a check found.
 *
 * @param name the check, and after a blank what it looked at: {@code replica-identity public.nexus_cases}
 * @param result what that means
 * @param detail the measured fact, and what to do about it
 * @param sql the statements that mend it, or that setup is going to run; as psql runs them after a semicolon
 */
public record CheckResult(String name, Result result, String detail, Optional<String> sql) {
    /** What a check's finding means. */
    public enum Result {
        /** Nothing to do. */
        PASS,
        /** It works, at a price that the detail names. */
        WARN,
        /** Going on would fail or do harm. */
        REFUSE,
        /** A missing privilege hides the answer. */
        UNKNOWN
    }

    /** A result that passes, without statements. */
    public static CheckResult pass(String name, String detail) {
        return new CheckResult(name, Result.PASS, detail, Optional.empty());
    }

    /** A result that warns, without statements. */
    public static CheckResult warn(String name, String detail) {
        return new CheckResult(name, Result.WARN, detail, Optional.empty());
    }

    /** A result that refuses, without statements. */
    public static CheckResult refuse(String name, String detail) {
        return new CheckResult(name, Result.REFUSE, detail, Optional.empty());
    }

    /** A result that is unknown, without statements. */
    public static CheckResult unknown(String name, String detail) {
        return new CheckResult(name, Result.UNKNOWN, detail, Optional.empty());
    }

    /** The same with the statements that mend it. */
    public CheckResult with(String statements) {
        return new CheckResult(name, result, detail, Optional.of(statements));
    }
}
