package io.promotionverifier.app.command;

import io.promotionverifier.app.cli.Invocation;
import io.promotionverifier.app.replay.ReplayLine.Progress;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** Shows a person who watches how far a replay has come; nothing without a terminal. */
final class ReplayProgress implements Consumer<Progress> {
    private static final long DRAW_NANOS = Duration.ofMillis(200).toNanos();
    private static final int BAR = 24;

    private final Invocation invocation;
    private final boolean shown;
    private final long begunNanos = System.nanoTime();
    private long drawnNanos = begunNanos;

    ReplayProgress(Invocation invocation) {
        this.invocation = invocation;
        this.shown = invocation.terminal().interactive() && !invocation.talk().quiet();
    }

    @Override
    public void accept(Progress progress) {
        long now = System.nanoTime();
        if (shown && now - drawnNanos >= DRAW_NANOS) {
            drawnNanos = now;
            int full = (int) Math.round(BAR * progress.ratio());
            draw(String.format(
                    Locale.ROOT,
                    "[%s%s] %3.0f %% %s, %,d records, %,.0f records/s",
                    "#".repeat(full),
                    ".".repeat(BAR - full),
                    100 * progress.ratio(),
                    progress.time(),
                    progress.records(),
                    progress.records() / ((now - begunNanos) / 1e9)));
        }
    }

    void clear() {
        if (shown) {
            draw("");
        }
    }

    private void draw(String bar) {
        invocation.terminal().err().print("\r\u001B[K" + bar);
        invocation.terminal().err().flush();
    }
}
