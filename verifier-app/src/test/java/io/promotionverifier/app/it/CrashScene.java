package io.promotionverifier.app.it;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** All that goes on while the blows fall: two sessions that write, somebody who gives orders, and the sampler. */
final class CrashScene implements AutoCloseable {
    private final CrashWriter two;
    private final CrashWriter one;
    private final CrashOrders orders;
    private final CrashSampler slot;
    private final CompletableFuture<Void> going;

    CrashScene(Installation verifier, long seed, long changes, int changesPerSecond) {
        Source source = verifier.source();
        long plenty = changes * 11 / 10;
        two = new CrashWriter(
                source, List.of(CrashTable.CASES, CrashTable.ITEMS), seed, changesPerSecond, plenty * 2 / 3);
        one = new CrashWriter(source, List.of(CrashTable.USERS), seed + 1, changesPerSecond / 2, plenty / 3);
        orders = new CrashOrders(verifier, seed);
        slot = new CrashSampler(verifier);
        going = CompletableFuture.allOf(going(two), going(one), going(orders), going(slot));
    }

    private static CompletableFuture<Void> going(Runnable actor) {
        return CompletableFuture.runAsync(actor, task -> new Thread(task, "scene").start());
    }

    long written() {
        return two.written() + one.written();
    }

    CrashSampler slot() {
        return slot;
    }

    /** Ends all, and throws what one of them threw. */
    @Override
    public void close() {
        two.stop();
        one.stop();
        orders.stop();
        slot.stop();
        going.join();
    }
}
