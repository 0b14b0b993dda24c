package io.promotionverifier.postgres.engine;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the engine's failures apart. Debezium 3.6 takes every {@code SQLException} for a passing one, so the SQLSTATE
 * in the chain of causes decides here.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL error codes</a>
 */
final class Failures {
    /** Shutdown, crash, start-up, and no connection left. */
    private static final Set<String> UNAVAILABLE = Set.of("57P01", "57P02", "57P03", "53300");

    /** Missing object, database, schema; a slot that lost its log or another wal_level. */
    private static final Set<String> NOT_SET_UP = Set.of("42704", "3D000", "3F000", "55000", "42P01");

    /** Debezium's own words: it raises no SQLSTATE here. */
    private static final String NO_PUBLICATION = "Publication autocreation is disabled";

    private Failures() {}

    /** The kind that the chain of causes tells; absent if it tells none. */
    static Optional<FailureKind> kind(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        boolean io = false;
        for (@Nullable Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                Optional<FailureKind> kind = kind(sql.getSQLState());
                if (kind.isPresent()) {
                    return kind;
                }
            }
            if (String.valueOf(cause.getMessage()).startsWith(NO_PUBLICATION)) {
                return Optional.of(FailureKind.NOT_SET_UP);
            }
            io |= cause instanceof IOException;
        }
        return io ? Optional.of(FailureKind.CONNECTION) : Optional.empty();
    }

    /** The first of the chain of causes whose SQLSTATE tells the kind; absent if none does. */
    static Optional<SQLException> decisive(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (@Nullable Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            if (cause instanceof SQLException sql && kind(sql.getSQLState()).isPresent()) {
                return Optional.of(sql);
            }
        }
        return Optional.empty();
    }

    private static Optional<FailureKind> kind(@Nullable String state) {
        if (state == null) {
            return Optional.empty();
        }
        if (state.startsWith("28") || state.equals("42501") || state.equals("08004")) {
            return Optional.of(FailureKind.ACCESS);
        }
        if (state.equals("55006")) {
            return Optional.of(FailureKind.SLOT_IN_USE);
        }
        if (UNAVAILABLE.contains(state)) {
            return Optional.of(FailureKind.UNAVAILABLE);
        }
        if (NOT_SET_UP.contains(state)) {
            return Optional.of(FailureKind.NOT_SET_UP);
        }
        return state.startsWith("08") ? Optional.of(FailureKind.CONNECTION) : Optional.empty();
    }
}
