package io.promotionverifier.postgres.slot;

import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.access.SlotInUseException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes a slot from the server process of a dead predecessor. Before each attempt it is asked whether the
 * {@link SourceLock} is still ours: who holds it is no dead predecessor, and we may have been frozen meanwhile. The
 * process is told to end every half second until the slot is free: told once, one that is stuck in a full socket was
 * not gone after 100 s, told twice it was gone in 8 ms (PostgreSQL 15).
 */
public final class SlotRelease {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration GLANCE = Duration.ofMillis(10);

    private final Session session;
    private final Runnable lock;
    private final SlotReader slots;

    /** @param lock throws if the lock of the slot is not ours, as {@link SourceLock#ensure} does */
    public SlotRelease(Session session, Runnable lock) {
        this.session = session;
        this.lock = lock;
        this.slots = new SlotReader(session);
    }

    /**
     * Waits until nobody holds the slot, ending those of our own role who do. Returns at once when the slot is free or
     * does not exist.
     *
     * @param patience how long to try
     * @throws SlotInUseException if another role holds it, or the patience ran out; retrying later helps
     */
    public void free(String slot, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        long told = System.nanoTime() - PAUSE.toNanos();
        for (Optional<SlotState.Holder> holder = holder(slot); holder.isPresent(); holder = holder(slot)) {
            long now = System.nanoTime();
            if (!holder.orElseThrow().ours()
                    || now > deadline
                    || Thread.currentThread().isInterrupted()) {
                throw inUse(slot, holder.orElseThrow());
            }
            if (now - told >= PAUSE.toNanos()) {
                terminate(holder.orElseThrow());
                told = now;
            }
            LockSupport.parkNanos(GLANCE.toNanos());
        }
    }

    /** The refusal that names the holder. */
    static SlotInUseException inUse(String slot, SlotState.Holder holder) {
        return new SlotInUseException("slot " + slot + " is in use by " + holder
                + ": stop that consumer and try again, or choose another slot name");
    }

    private Optional<SlotState.Holder> holder(String slot) {
        return slots.read(slot).flatMap(SlotState::holder);
    }

    private void terminate(SlotState.Holder holder) {
        lock.run();
        session.list(
                "end the process that holds the slot",
                "SELECT pg_terminate_backend(?)",
                row -> holder.pid(),
                holder.pid());
    }
}
