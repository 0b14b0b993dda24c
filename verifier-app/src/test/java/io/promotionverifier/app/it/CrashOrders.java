package io.promotionverifier.app.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An operator who raises and clears aborts by hand, whatever is being killed. He keeps no book: what was ordered stands
 * in the commands topic. One thread runs it.
 */
final class CrashOrders implements Runnable {
    /** The table whose promotion he plays with: nothing else aborts it. */
    static final CrashTable TABLE = CrashTable.ITEMS;

    private static final Duration PAUSE = Duration.ofSeconds(4);

    private final Installation verifier;
    private final Random random;
    private final CountDownLatch stopped = new CountDownLatch(1);

    CrashOrders(Installation verifier, long seed) {
        this.verifier = verifier;
        this.random = new Random(seed);
    }

    void stop() {
        stopped.countDown();
    }

    @Override
    public void run() {
        try {
            do {
                String order = random.nextBoolean() ? "raise" : "clear";
                verifier.run("abort", order, "--promotion", TABLE.promotion(), "--reason", "drill", "--by", "operator");
            } while (!stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the abort topic must say of what was ordered: only an order that changes something is told. */
    static List<String> expected(List<Topics.Event> commands) {
        List<String> expected = new ArrayList<>();
        boolean active = false;
        for (Topics.Event command : commands) {
            boolean raise = command.value().path("command").asText().equals("raise");
            if (command.value().path("promotion").asText().equals(TABLE.promotion()) && raise != active) {
                expected.add(raise ? "raised" : "cleared");
                active = raise;
            }
        }
        return expected;
    }
}
