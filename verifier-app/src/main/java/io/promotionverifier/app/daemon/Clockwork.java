package io.promotionverifier.app.daemon;

import java.time.Duration;
import java.util.function.Consumer;

/** A thread that does one thing again and again, with a pause, until it is closed or the thing fails. */
final class Clockwork implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

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

    private static void run(Runnable task, Duration pause, Consumer<RuntimeException> failed) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                task.run();
                Thread.sleep(pause.toMillis());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (!Thread.currentThread().isInterrupted()) {
                failed.accept(e);
            }
        }
    }

    /** Interrupts it and waits until it has ended, for five seconds at most. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
