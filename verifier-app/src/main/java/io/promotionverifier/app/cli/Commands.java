package io.promotionverifier.app.cli;

import io.promotionverifier.core.promotion.PromotionId;
import java.util.Optional;

/**
 * What the commands do, one method each; {@code config} needs no help. Each method returns when the command has ended
 * and throws typed exceptions that {@link Failure} understands.
 */
public interface Commands {
    /** Runs the sample with injected faults and compares what was found with what was injected. */
    ExitCode demo(DemoRequest request, Invocation invocation);

    /** Runs the daemon until it is told to stop. */
    ExitCode run(Invocation invocation);

    /**
     * Checks every precondition.
     *
     * @param sql print the statements that a DBA must run instead
     */
    ExitCode doctor(boolean sql, Invocation invocation);

    /**
     * Creates what is missing.
     *
     * @param dryRun only print what would be done
     * @param resume go on after a coverage gap with a new slot
     */
    ExitCode setup(boolean dryRun, boolean resume, Invocation invocation);

    /**
     * Looks at every row now.
     *
     * @param promotion of the table of one promotion; of all tables if absent
     */
    ExitCode scan(Optional<PromotionId> promotion, Invocation invocation);

    /**
     * Shows the verdicts.
     *
     * @param promotion of one promotion; of all if absent
     */
    ExitCode status(Optional<PromotionId> promotion, Invocation invocation);

    /** Lists findings. */
    ExitCode findings(FindingsRequest request, Invocation invocation);

    /** Judges the recorded history again. */
    ExitCode replay(ReplayRequest request, Invocation invocation);

    /** Raises an abort by hand. */
    ExitCode raiseAbort(AbortRequest request, Invocation invocation);

    /** Clears an abort. */
    ExitCode clearAbort(AbortRequest request, Invocation invocation);

    /**
     * Lists the aborts that were raised.
     *
     * @param promotion of one promotion; of all if absent
     */
    ExitCode listAborts(Optional<PromotionId> promotion, Invocation invocation);

    /** Says whether a promotion may go on. */
    ExitCode gate(GateRequest request, Invocation invocation);

    /**
     * Drops slot and publication.
     *
     * @param confirmed without asking
     */
    ExitCode uninstall(boolean confirmed, Invocation invocation);
}
