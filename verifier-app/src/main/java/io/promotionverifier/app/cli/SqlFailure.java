package io.promotionverifier.app.cli;

import java.sql.SQLException;
import java.util.Optional;

/**
 * What PostgreSQL's SQLSTATE means to the user (<a
 * href="https://www.postgresql.org/docs/current/errcodes-appendix.html">error codes</a>).
 */
final class SqlFailure {
    private SqlFailure() {}

    static Optional<ExitCode> meaning(SQLException thrown) {
        String state = state(thrown);
        return switch (state) {
            case "42501" -> Optional.of(ExitCode.NO_PERMISSION);
            case "55006" -> Optional.of(ExitCode.TRY_LATER);
            case "3D000", "42P01", "42704", "42703" -> Optional.of(ExitCode.BAD_CONFIGURATION);
            case "57P01", "57P02", "57P03", "53300" -> Optional.of(ExitCode.UNREACHABLE);
            default -> byClass(state);
        };
    }

    private static Optional<ExitCode> byClass(String state) {
        if (state.startsWith("28")) {
            return Optional.of(ExitCode.NO_PERMISSION);
        }
        return state.startsWith("08") ? Optional.of(ExitCode.UNREACHABLE) : Optional.empty();
    }

    /** The server's first line: of these states, one that holds no row value. */
    static String message(SQLException thrown) {
        String message = String.valueOf(thrown.getMessage()).lines().findFirst().orElse("no message");
        return message.replaceFirst("^(FATAL|ERROR): ", "") + " (SQLSTATE " + state(thrown) + ")";
    }

    private static String state(SQLException thrown) {
        String state = thrown.getSQLState();
        return state == null ? "" : state;
    }
}
