package io.promotionverifier.kafka.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Something that is read on a thread of its own, a little ahead of who takes it: to fetch and unpack records, to decode
 * them and to judge them take about as long. Belongs to the thread that takes. Memory: {@value #CHUNKS} chunks of
 * {@value #CHUNK}.
 *
 * @param <T> what is read
 */
final class ReadAhead<T> implements AutoCloseable {
    private static final int CHUNK = 256;
    private static final int CHUNKS = 4;
    private static final long LOOK_MILLIS = 50;

    private final BlockingQueue<Chunk<T>> ready = new ArrayBlockingQueue<>(CHUNKS);
    private final Thread reader;
    private volatile boolean wanted = true;

    /** Who reads: hands out one after the other until it is told that no more is wanted. */
    interface Reading<T> {
        /** Reads to the end, or until {@code each} says false. */
        void read(Predicate<T> each);
    }

    /** Some that belong together; the last one says how the reading ended. */
    private record Chunk<T>(List<T> items, boolean last, Optional<Throwable> failure) {}

    ReadAhead(String name, Reading<T> reading) {
        reader = new Thread(() -> read(reading), name);
        reader.setDaemon(true);
        reader.start();
    }

    @SuppressWarnings("IllegalCatch") // whoever takes throws it, after all that was read before
    private void read(Reading<T> reading) {
        Gathering gathering = new Gathering();
        try {
            reading.read(gathering);
            gathering.end(Optional.empty());
        } catch (RuntimeException | Error failed) {
            gathering.end(Optional.of(failed));
        }
    }

    /** The chunk that is being filled; belongs to the reading thread. */
    private final class Gathering implements Predicate<T> {
        private List<T> items = new ArrayList<>(CHUNK);

        @Override
        public boolean test(T item) {
            items.add(item);
            if (items.size() == CHUNK) {
                hand(new Chunk<>(items, false, Optional.empty()));
                items = new ArrayList<>(CHUNK);
            }
            return wanted;
        }

        void end(Optional<Throwable> failure) {
            hand(new Chunk<>(items, true, failure));
        }
    }

    private void hand(Chunk<T> chunk) {
        try {
            while (wanted && !ready.offer(chunk, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                // whoever takes is slower
            }
        } catch (InterruptedException stopped) {
            wanted = false;
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Takes all, in order, on the calling thread.
     *
     * @param each false to stop
     * @throws RuntimeException what the reading threw, after all that was read before
     */
    void takeWhile(Predicate<T> each) {
        while (true) {
            Chunk<T> chunk = next();
            for (T item : chunk.items()) {
                if (!each.test(item)) {
                    return;
                }
            }
            if (chunk.last()) {
                chunk.failure().ifPresent(ReadAhead::rethrow);
                return;
            }
        }
    }

    private Chunk<T> next() {
        try {
            return ready.take();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopped);
        }
    }

    private static void rethrow(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }

    /** Lets the reading end and waits until it has. */
    @Override
    public void close() {
        wanted = false;
        try {
            reader.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
