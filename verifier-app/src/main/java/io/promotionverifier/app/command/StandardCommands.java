package io.promotionverifier.app.command;

import io.promotionverifier.app.cli.AbortRequest;
import io.promotionverifier.app.cli.Commands;
import io.promotionverifier.app.cli.DemoRequest;
import io.promotionverifier.app.cli.ExitCode;
import io.promotionverifier.app.cli.FindingsRequest;
import io.promotionverifier.app.cli.GateRequest;
import io.promotionverifier.app.cli.Invocation;
import io.promotionverifier.app.cli.ReplayRequest;
import io.promotionverifier.core.pipeline.Command;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.kafka.client.KafkaConnection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The commands of the product. */
public final class StandardCommands implements Commands {
    /** Begins at once what takes long and does not wait for the configuration (ADR 0031). */
    private final CompletableFuture<Void> broughtUp =
            CompletableFuture.runAsync(KafkaConnection::bringUp, StandardCommands::beside);

    private static void beside(Runnable work) {
        Thread thread = new Thread(work, "bring-up");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public ExitCode demo(DemoRequest request, Invocation invocation) {
        return new Demo(request, invocation).run();
    }

    @Override
    public ExitCode run(Invocation invocation) {
        broughtUp.join(); // What is logged while another thread sets logging up would be lost.
        return Run.until(invocation);
    }

    @Override
    public ExitCode doctor(boolean sql, Invocation invocation) {
        return new Doctor(invocation).examine(sql);
    }

    @Override
    public ExitCode setup(boolean dryRun, boolean resume, Invocation invocation) {
        return new Setup(invocation.config(), invocation::print, invocation::say).run(dryRun, resume);
    }

    @Override
    public ExitCode scan(Optional<PromotionId> promotion, Invocation invocation) {
        return new Scan(invocation).run(promotion);
    }

    @Override
    public ExitCode status(Optional<PromotionId> promotion, Invocation invocation) {
        return Status.show(promotion, invocation);
    }

    @Override
    public ExitCode findings(FindingsRequest request, Invocation invocation) {
        return FindingsListing.show(request, invocation);
    }

    @Override
    public ExitCode replay(ReplayRequest request, Invocation invocation) {
        return new ReplayRun(request, invocation).run();
    }

    @Override
    public ExitCode raiseAbort(AbortRequest request, Invocation invocation) {
        return new AbortOrder(invocation).send(Command.Kind.RAISE, request);
    }

    @Override
    public ExitCode clearAbort(AbortRequest request, Invocation invocation) {
        return new AbortOrder(invocation).send(Command.Kind.CLEAR, request);
    }

    @Override
    public ExitCode listAborts(Optional<PromotionId> promotion, Invocation invocation) {
        return AbortListing.show(promotion, invocation);
    }

    @Override
    public ExitCode gate(GateRequest request, Invocation invocation) {
        return new GateAsking(request, invocation).run();
    }

    @Override
    public ExitCode uninstall(boolean confirmed, Invocation invocation) {
        return Uninstall.run(confirmed, invocation);
    }
}
