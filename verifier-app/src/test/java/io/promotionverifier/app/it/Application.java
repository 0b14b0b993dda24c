package io.promotionverifier.app.it;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * An application that writes single-row transactions and keeps book of what each of them is to the verifier. One thread
 * writes; {@link #written} may be asked by any.
 */
final class Application {
    private static final String[] VALUES = {"low", "normal", "high", "urgent"};
    private static final int ROWS = 20;

    /** So that a few hundred transactions span several checkpoints. */
    private static final Duration PAUSE = Duration.ofMillis(2);

    private final Source source;
    private final Random random;
    private final AtomicInteger written = new AtomicInteger();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<Long, Pair> rows = new TreeMap<>();
    private int episodes;
    private long nextId = 1_000;

    /** What a row holds on its two sides. */
    private record Pair(String column, String document) {
        boolean agrees() {
            return column.equals(document);
        }
    }

    Application(Source source, long seed) {
        this.source = source;
        this.random = new Random(seed);
        for (long id = 1; id <= ROWS; id++) {
            rows.put(id, new Pair("low", "low"));
        }
        for (String outcome : new String[] {
            "changes", "matched", "absent", "mismatched", "superseded", "explained", "unverifiable", "skipped"
        }) {
            counts.put(outcome, 0);
        }
    }

    /** Writes so many transactions. */
    void write(int transactions) {
        for (int i = 0; i < transactions; i++) {
            writeOne();
            written.incrementAndGet();
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** How many transactions were committed. */
    int written() {
        return written.get();
    }

    /** What the counts of the status must be. */
    Map<String, Integer> counts() {
        return counts;
    }

    /** How many times a row that agreed stopped to agree: so many findings were opened. */
    int episodes() {
        return episodes;
    }

    /** How many rows disagree now. */
    int open() {
        return (int) rows.values().stream().filter(row -> !row.agrees()).count();
    }

    private void writeOne() {
        long id = 1L + random.nextInt(ROWS);
        String value = VALUES[random.nextInt(VALUES.length)];
        Pair row = Optional.ofNullable(rows.get(id)).orElseThrow();
        switch (random.nextInt(6)) {
            case 0 -> {
                source.setColumn(id, value);
                wrote(id, new Pair(value, row.document()));
            }
            case 1 -> {
                source.setDocument(id, value);
                wrote(id, new Pair(row.column(), value));
            }
            case 2 -> {
                long added = nextId++;
                source.insert(added, value, value);
                wrote(added, new Pair(value, value));
            }
            case 3 -> remove();
            default -> {
                source.setBoth(id, value);
                wrote(id, new Pair(value, value));
            }
        }
    }

    /** The row that was inserted last, if it still stands; else a transaction that nobody may see. */
    private void remove() {
        long last = nextId - 1;
        if (rows.remove(last) == null) {
            source.inVain("UPDATE nexus_cases SET priority = 'low'");
            return;
        }
        source.delete(last);
        count("skipped");
    }

    private void wrote(long id, Pair now) {
        boolean agreed =
                Optional.ofNullable(rows.put(id, now)).map(Pair::agrees).orElse(true);
        count(now.agrees() ? "matched" : "mismatched");
        if (agreed && !now.agrees()) {
            episodes++;
        }
    }

    private void count(String outcome) {
        counts.merge(outcome, 1, Integer::sum);
        counts.merge("changes", 1, Integer::sum);
    }
}
