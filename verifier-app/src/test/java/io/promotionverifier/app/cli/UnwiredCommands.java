package io.promotionverifier.app.cli;

import io.promotionverifier.core.promotion.PromotionId;
import java.util.Optional;

/** Commands that say that they cannot do anything yet, rather than pretend. */
public final class UnwiredCommands implements Commands {
    private static ExitCode unwired(String command) {
        throw new CommandException(ExitCode.INTERNAL_ERROR, command + " is not wired in this build");
    }

    @Override
    public ExitCode demo(DemoRequest request, Invocation invocation) {
        return unwired("demo");
    }

    @Override
    public ExitCode run(Invocation invocation) {
        return unwired("run");
    }

    @Override
    public ExitCode doctor(boolean sql, Invocation invocation) {
        return unwired("doctor");
    }

    @Override
    public ExitCode setup(boolean dryRun, boolean resume, Invocation invocation) {
        return unwired("setup");
    }

    @Override
    public ExitCode scan(Optional<PromotionId> promotion, Invocation invocation) {
        return unwired("scan");
    }

    @Override
    public ExitCode status(Optional<PromotionId> promotion, Invocation invocation) {
        return unwired("status");
    }

    @Override
    public ExitCode findings(FindingsRequest request, Invocation invocation) {
        return unwired("findings");
    }

    @Override
    public ExitCode replay(ReplayRequest request, Invocation invocation) {
        return unwired("replay");
    }

    @Override
    public ExitCode raiseAbort(AbortRequest request, Invocation invocation) {
        return unwired("abort raise");
    }

    @Override
    public ExitCode clearAbort(AbortRequest request, Invocation invocation) {
        return unwired("abort clear");
    }

    @Override
    public ExitCode listAborts(Optional<PromotionId> promotion, Invocation invocation) {
        return unwired("abort list");
    }

    @Override
    public ExitCode gate(GateRequest request, Invocation invocation) {
        return unwired("gate");
    }

    @Override
    public ExitCode uninstall(boolean confirmed, Invocation invocation) {
        return unwired("uninstall");
    }
}
