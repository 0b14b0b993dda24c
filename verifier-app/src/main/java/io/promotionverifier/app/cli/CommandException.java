package io.promotionverifier.app.cli;

/** A command that cannot go on, with the exit code that says why; the message says what to do. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ExitCode exitCode;

    /** A failure without a cause of its own. */
    public CommandException(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** A failure and what lay under it. */
    public CommandException(ExitCode exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** How the process shall end. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
