package io.promotionverifier.topics.read;

import io.promotionverifier.topics.decode.Place;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Several queues, each in order, as one in order. An item leaves when every other queue has shown, or is known to hold,
 * nothing before it. Confined to one thread.
 *
 * @param <Q> what names a queue
 * @param <T> what waits in it
 */
final class Merge<Q, T> {
    private final Map<Q, Line<T>> lines = new LinkedHashMap<>();
    private Place released = Place.START;

    /** An item that waits, and its weight in memory. */
    private record Item<T>(Place place, T content, int weight) {}

    /** One queue. */
    private static final class Line<T> {
        private final Deque<Item<T>> waiting = new ArrayDeque<>();
        private Place frontier = Place.START;
        private long weight;

        /** Nothing comes before it. */
        Place first() {
            return waiting.isEmpty() ? frontier : waiting.getFirst().place();
        }
    }

    Merge(Iterable<Q> queues) {
        queues.forEach(queue -> lines.put(queue, new Line<>()));
    }

    /** How many items wait in a queue. */
    int waiting(Q queue) {
        return line(queue).waiting.size();
    }

    /** How much they weigh. */
    long weight(Q queue) {
        return line(queue).weight;
    }

    private Line<T> line(Q queue) {
        return Optional.ofNullable(lines.get(queue)).orElseThrow();
    }

    /**
     * Takes the next item of a queue.
     *
     * @return false if it came too late: what comes after it has left already
     */
    boolean add(Q queue, Place place, T content, int weight) {
        Line<T> line = line(queue);
        if (place.compareTo(released) < 0) {
            return false;
        }
        line.waiting.add(new Item<>(place, content, weight));
        line.frontier = line.frontier.max(place);
        line.weight += weight;
        return true;
    }

    /** A queue is known to hold nothing more before a place. */
    void passed(Q queue, Place place) {
        Line<T> line = line(queue);
        line.frontier = line.frontier.max(place);
    }

    /** The place that a queue is known to have passed, its waiting items included. */
    Place frontier(Q queue) {
        return line(queue).frontier;
    }

    /** Lets go, in order, what may leave, at most so many; returns how many left. */
    int release(int most, Consumer<T> next) {
        int left = 0;
        while (left < most) {
            Optional<Line<T>> first = firstLine();
            if (first.isEmpty()) {
                return left;
            }
            Item<T> item = first.get().waiting.removeFirst();
            first.get().weight -= item.weight();
            released = released.max(item.place());
            next.accept(item.content());
            left++;
        }
        return left;
    }

    /** The queue whose first item may leave: no other holds, or may still show, one before it. */
    private Optional<Line<T>> firstLine() {
        Line<T> first = null;
        Place least = null;
        for (Line<T> line : lines.values()) {
            boolean earlier = least == null || line.first().compareTo(least) < 0;
            boolean sameButThere =
                    least != null && line.first().equals(least) && first != null && first.waiting.isEmpty();
            if (earlier || sameButThere) {
                first = line;
                least = line.first();
            }
        }
        return first == null || first.waiting.isEmpty() ? Optional.empty() : Optional.of(first);
    }
}
