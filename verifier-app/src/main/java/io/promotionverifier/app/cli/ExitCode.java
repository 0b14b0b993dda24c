package io.promotionverifier.app.cli;

import java.util.Comparator;
import java.util.List;

/**
 * How a command ended, as scripts see it. Declared in the order of who goes first where several apply: what kept the
 * command from doing its work, then an active abort, then missing evidence, then what it found.
 */
public enum ExitCode {
    /** A bug. */
    INTERNAL_ERROR(70),
    /** The command line cannot be understood. */
    USAGE(2),
    /** The configuration, or what {@code setup} should have made, is wrong; a port is in use. */
    BAD_CONFIGURATION(78),
    /** Wrong credentials or a missing privilege. */
    NO_PERMISSION(77),
    /** PostgreSQL or Kafka cannot be reached. */
    UNREACHABLE(69),
    /** Another verifier holds what is needed. */
    TRY_LATER(75),
    /** An abort is active. */
    ABORT_ACTIVE(3),
    /** Not enough evidence, or blind. */
    NOT_ENOUGH_EVIDENCE(4),
    /** A mismatch was found, the gate is closed, a replay differs. */
    MISMATCH(1),
    /** Good. */
    OK(0);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** The number that the process ends with. */
    public int code() {
        return code;
    }

    /** The one that goes first; {@link #OK} of none. */
    public static ExitCode firstOf(List<ExitCode> all) {
        return all.stream().min(Comparator.naturalOrder()).orElse(OK);
    }
}
