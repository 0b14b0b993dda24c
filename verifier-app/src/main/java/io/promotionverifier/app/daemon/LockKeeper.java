package io.promotionverifier.app.daemon;

import io.promotionverifier.postgres.access.SlotInUseException;
import io.promotionverifier.postgres.access.SourceException;
import io.promotionverifier.postgres.slot.SourceLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the lock of the slot, and ends the daemon when another has it. Confined to the keeper's thread. */
final class LockKeeper implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LockKeeper.class);

    private final SourceLock lock;
    private boolean failing;

    LockKeeper(SourceLock lock) {
        this.lock = lock;
    }

    /**
     * Asks once. A server that does not answer is no reason to end: without the lock no engine is started either.
     *
     * @throws SlotInUseException if another verifier has the lock
     */
    @Override
    public void run() {
        try {
            if (!lock.ensure()) {
                LOG.warn("The lock was lost with its connection and is ours again");
            }
            failing = false;
        } catch (SlotInUseException another) {
            throw another;
        } catch (SourceException e) {
            if (!failing) {
                LOG.warn("The lock cannot be seen: {}", e.getMessage());
                failing = true;
            }
        }
    }
}
