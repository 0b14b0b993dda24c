package io.promotionverifier.app.board;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Committed events for whoever listens now, in their order. A listener that does not keep up loses the feed, never an
 * event in the middle, and nobody waits for it. Safe for use by many threads.
 */
public final class EventFeed implements AutoCloseable {
    /** Events that wait for one listener; a checkpoint of a bad hour fits. */
    public static final int ROOM = 10_000;

    private static final int LISTENERS = 32;

    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * An event as the topics carry it.
     *
     * @param type its {@code ce_type}
     * @param id its {@code ce_id}
     * @param json its value
     */
    public record Event(String type, String id, String json) {}

    /** One who listens. Belongs to one thread, but for what the feed puts in. */
    public final class Listener implements AutoCloseable {
        private final BlockingQueue<Event> waiting = new ArrayBlockingQueue<>(ROOM);
        private volatile boolean lost;

        /** The next event; absent when there is none within the time. */
        public Optional<Event> next(long millis) throws InterruptedException {
            return Optional.ofNullable(waiting.poll(millis, TimeUnit.MILLISECONDS));
        }

        /** True when no further event will come: it did not keep up, or the feed has ended. */
        public boolean isLost() {
            return (lost || closed) && waiting.isEmpty();
        }

        private void offer(Event event) {
            if (!lost && !waiting.offer(event)) {
                lost = true;
                listeners.remove(this);
            }
        }

        /** Listens no more. */
        @Override
        public void close() {
            listeners.remove(this);
        }
    }

    /** Begins to listen; absent when too many do already. */
    public synchronized Optional<Listener> listen() {
        if (closed || listeners.size() >= LISTENERS) {
            return Optional.empty();
        }
        Listener listener = new Listener();
        listeners.add(listener);
        return Optional.of(listener);
    }

    /** True if somebody listens: nothing needs to be prepared otherwise. */
    public boolean isHeard() {
        return !listeners.isEmpty();
    }

    /** More was committed than a listener has room for: whoever listens loses the feed. */
    public void overrun() {
        listeners.forEach(listener -> listener.lost = true);
        listeners.clear();
    }

    /** Tells what was committed, to everyone who listens. */
    public void tell(List<Event> events) {
        for (Listener listener : new ArrayList<>(listeners)) {
            events.forEach(listener::offer);
        }
    }

    /** Ends: who listens is let go. */
    @Override
    public void close() {
        closed = true;
    }
}
