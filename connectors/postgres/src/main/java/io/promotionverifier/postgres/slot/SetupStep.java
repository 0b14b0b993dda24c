package io.promotionverifier.postgres.slot;

/**
 * One statement that setup or uninstall runs.
 *
 * @param kind what it does
 * @param purpose why, for people
 * @param sql the statement, as psql would run it after a semicolon
 */
public record SetupStep(Kind kind, String purpose, String sql) {
    /** What a step does. */
    public enum Kind {
        CREATE_PUBLICATION,
        WIDEN_PUBLICATION,
        DROP_PUBLICATION,
        CREATE_SLOT,
        DROP_SLOT
    }
}
