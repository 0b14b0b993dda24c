package io.promotionverifier.app.daemon;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A thread that does one thing again and again, with a pause, until it is closed or the thing fails. Closing ends the
 * pause, not the thing: a checkpoint that is being written is written to its end.
 */
final class Clockwork implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Starts at once.
     *
     * @param failed is told what ended it, once
     */
    Clockwork(String name, Runnable task, Duration pause, Consumer<RuntimeException> failed) {
        thread = new Thread(() -> run(task, pause, failed), name);
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Runnable task, Duration pause, Consumer<RuntimeException> failed) {
        try {
            do {
                task.run();
            } while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (closed.getCount() > 0) {
                failed.accept(e);
            }
        }
    }

    /** Waits until the thing in hand has ended, and interrupts it after eight seconds. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(PATIENCE.toMillis());
            if (thread.isAlive()) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
