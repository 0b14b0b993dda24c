package io.promotionverifier.app.cli;

import io.promotionverifier.core.promotion.PromotionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Commands that keep what they were told, and then do what the test says. */
final class HeardCommands implements Commands {
    private final List<Object> heard = new ArrayList<>();
    private final Supplier<ExitCode> then;
    private Optional<Invocation> invocation = Optional.empty();

    HeardCommands(Supplier<ExitCode> then) {
        this.then = then;
    }

    List<Object> heard() {
        return heard;
    }

    Invocation invocation() {
        return invocation.orElseThrow();
    }

    private ExitCode hear(Invocation told, Object... what) {
        invocation = Optional.of(told);
        heard.addAll(List.of(what));
        return then.get();
    }

    @Override
    public ExitCode demo(DemoRequest request, Invocation told) {
        return hear(told, "demo", request);
    }

    @Override
    public ExitCode run(Invocation told) {
        return hear(told, "run");
    }

    @Override
    public ExitCode doctor(boolean sql, Invocation told) {
        return hear(told, "doctor", sql);
    }

    @Override
    public ExitCode setup(boolean dryRun, boolean resume, Invocation told) {
        return hear(told, "setup", dryRun, resume);
    }

    @Override
    public ExitCode scan(Optional<PromotionId> promotion, Invocation told) {
        return hear(told, "scan", promotion);
    }

    @Override
    public ExitCode status(Optional<PromotionId> promotion, Invocation told) {
        return hear(told, "status", promotion);
    }

    @Override
    public ExitCode findings(FindingsRequest request, Invocation told) {
        return hear(told, "findings", request);
    }

    @Override
    public ExitCode replay(ReplayRequest request, Invocation told) {
        return hear(told, "replay", request);
    }

    @Override
    public ExitCode raiseAbort(AbortRequest request, Invocation told) {
        return hear(told, "raise", request);
    }

    @Override
    public ExitCode clearAbort(AbortRequest request, Invocation told) {
        return hear(told, "clear", request);
    }

    @Override
    public ExitCode listAborts(Optional<PromotionId> promotion, Invocation told) {
        return hear(told, "list", promotion);
    }

    @Override
    public ExitCode gate(GateRequest request, Invocation told) {
        return hear(told, "gate", request);
    }

    @Override
    public ExitCode uninstall(boolean confirmed, Invocation told) {
        return hear(told, "uninstall", confirmed);
    }
}
