package io.promotionverifier.postgres.access;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Tells failures apart by SQLSTATE. Errors about values (classes 22 and 23) quote them, so neither their text nor the
 * original exception is passed on.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL error codes</a>
 */
public final class SourceFailures {
    /** pgjdbc's own state for "the server asks for a password and none was given". */
    private static final String CONNECTION_REJECTED = "08004";

    /** What PgBouncer says to pgjdbc and to a replication connection unless it was taught otherwise. */
    private static final String POOLER = "unsupported startup parameter";

    private static final Set<String> UNAVAILABLE = Set.of("57P01", "57P02", "57P03", "57P05", "53300");
    private static final Set<String> BUSY = Set.of("57014", "55P03", "40P01", "40001");
    private static final Set<String> MISSING = Set.of("42704", "42P01", "42703", "3D000", "3F000");

    private SourceFailures() {}

    /**
     * The typed form of a failure.
     *
     * @param doing what was tried, as in "cannot ...": {@code read the slot}
     */
    public static SourceException of(String doing, SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        boolean quotesValues = state.startsWith("22") || state.startsWith("23");
        String message = "cannot " + doing + ": " + answer(failure, quotesValues) + suffix(state);
        @Nullable Throwable cause = quotesValues ? null : failure;
        if (state.startsWith("28") || state.equals("42501") || state.equals(CONNECTION_REJECTED)) {
            return new AccessRefusedException(message, state, cause);
        }
        if (state.equals("55006")) {
            return new SlotInUseException(message, state, cause);
        }
        if (state.equals("08P01") && message.contains(POOLER)) {
            return new NotSetUpException(
                    message + ": a connection pooler answers; connect to PostgreSQL itself", state, cause);
        }
        if (state.startsWith("08") || UNAVAILABLE.contains(state)) {
            return new SourceUnreachableException(message, state, cause);
        }
        if (BUSY.contains(state)) {
            return new SourceBusyException(message, state, cause);
        }
        if (MISSING.contains(state)) {
            return new NotSetUpException(message, state, cause);
        }
        return new SourceFailedException(message, state, cause);
    }

    private static String answer(SQLException failure, boolean quotesValues) {
        if (quotesValues) {
            return "the server refused a value";
        }
        return serverMessage(failure).orElseGet(() -> String.valueOf(failure.getMessage()));
    }

    /** The primary message without detail, hint and context, which may quote rows. */
    private static Optional<String> serverMessage(SQLException failure) {
        if (failure instanceof PSQLException answered) {
            return Optional.ofNullable(answered.getServerErrorMessage()).map(ServerErrorMessage::getMessage);
        }
        return Optional.empty();
    }

    private static String suffix(String state) {
        return state.isEmpty() ? "" : " (SQLSTATE " + state + ")";
    }
}
