package io.promotionverifier.app.command;

import io.promotionverifier.app.cli.Invocation;
import io.promotionverifier.app.daemon.Daemon;
import io.promotionverifier.core.judge.Abort;
import io.promotionverifier.core.pipeline.PromotionStatus;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The live state of the demonstration: a line every few seconds, and each abort when it is raised. */
final class DemoView {
    private static final Duration STEP = Duration.ofMillis(250);
    private static final int STEPS_PER_LINE = 20;

    private final Daemon daemon;
    private final Invocation invocation;
    private final Set<String> told = new HashSet<>();
    private int steps;

    DemoView(Daemon daemon, Invocation invocation) {
        this.daemon = daemon;
        this.invocation = invocation;
    }

    void watch(Duration span) throws InterruptedException {
        long end = System.nanoTime() + span.toNanos();
        while (System.nanoTime() - end < 0) {
            Thread.sleep(STEP.toMillis());
            List<PromotionStatus> statuses = daemon.board().statuses();
            statuses.forEach(this::tellAbort);
            if (++steps % STEPS_PER_LINE == 0) {
                invocation.say(line(statuses));
            }
        }
    }

    private void tellAbort(PromotionStatus status) {
        if (status.abort().isPresent()) {
            Abort abort = status.abort().get();
            if (told.add(abort.id())) {
                invocation.say("  ABORT " + abort.promotion() + ": " + abort.reason());
            }
        }
    }

    private static String line(List<PromotionStatus> statuses) {
        long changes = 0;
        long mismatched = 0;
        long suspected = 0;
        long confirmed = 0;
        long converged = 0;
        for (PromotionStatus status : statuses) {
            changes += status.counts().changes();
            mismatched += status.counts().mismatches();
            suspected += status.findings().suspected();
            confirmed += status.findings().confirmed();
            converged += status.findings().converged();
        }
        return String.format(
                "  %d changes judged, %d mismatched versions; findings: %d suspected, %d converged, %d confirmed",
                changes, mismatched, suspected, converged, confirmed);
    }
}
