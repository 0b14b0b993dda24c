package io.promotionverifier.kafka.publish;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A place in the checkpoint protocol at which a crash test lets the process die as {@code kill -9} would. Inert unless
 * the JVM was started with {@value #PROPERTY}; nothing else can arm it (ADR 0015). Safe for use by many threads.
 *
 * <p>The property names one place and the passage at which the process halts: {@code after_commit:7}.
 */
public enum FailPoint {
    /** A batch has arrived, nothing of it has been sent. */
    BEFORE_SEND,
    /** Everything of a checkpoint was sent, its commit was not asked for. */
    BEFORE_COMMIT,
    /** The commit is on its way to the coordinator and back. */
    INSIDE_COMMIT,
    /** The checkpoint is durable, nobody was told so. */
    AFTER_COMMIT,
    /** The engine has come back after it was told what may be confirmed. */
    AFTER_CONFIRMATION;

    /** The system property that arms one of them. */
    public static final String PROPERTY = "verifier.failpoint";

    /** What a shell shows for a process that SIGKILL ended. */
    private static final int KILLED = 137;

    private static final int COMMIT_STEPS = 8;
    private static final long COMMIT_STEP_NANOS = 400_000;

    private static final Optional<Armed> ARMED =
            Optional.ofNullable(System.getProperty(PROPERTY)).map(Armed::parse);

    /** The one that was armed. */
    private record Armed(FailPoint point, int passage, AtomicInteger passed) {
        static Armed parse(String text) {
            String[] parts = text.split(":", -1);
            return new Armed(
                    FailPoint.valueOf(parts[0].toUpperCase(Locale.ROOT)),
                    Integer.parseInt(parts[1]),
                    new AtomicInteger());
        }

        void at(FailPoint here) {
            if (here == point && passed.incrementAndGet() == passage) {
                if (point == INSIDE_COMMIT) {
                    haltSoon();
                } else {
                    Runtime.getRuntime().halt(KILLED);
                }
            }
        }

        /** The caller goes on into the commit; how far it comes differs with the passage. */
        private void haltSoon() {
            Thread halting = new Thread(() -> {
                LockSupport.parkNanos(passage % COMMIT_STEPS * COMMIT_STEP_NANOS);
                Runtime.getRuntime().halt(KILLED);
            });
            halting.start();
        }
    }

    /** The process is here. */
    public void passed() {
        ARMED.ifPresent(armed -> armed.at(this));
    }
}
