package io.promotionverifier.topics.read;

import io.promotionverifier.core.change.Lsn;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Where reading may go on for a given watermark. Safe for use by two threads: the reader's, which marks, and the one
 * that commits, which asks.
 *
 * <p>A mark says that every record of a partition before an offset belongs to a transaction that ended at or below a
 * commit end. The checkpoint whose watermark has reached that end holds all of them.
 */
public final class Bookmarks {
    private final Lsn from;
    private final Map<String, String> ids;
    private final Map<TopicPartition, Mark> reached = new HashMap<>();
    private final Map<TopicPartition, Deque<Mark>> marks = new HashMap<>();

    /** Everything before {@code offset} ended at or below {@code end}. */
    record Mark(long end, long offset) {}

    /**
     * @param from what was committed before it is out of scope
     * @param ids Kafka's ids of the topics
     * @param start where each partition is read from
     */
    Bookmarks(Lsn from, Map<String, String> ids, Map<TopicPartition, Mark> start) {
        this.from = from;
        this.ids = Map.copyOf(ids);
        this.reached.putAll(start);
        start.keySet().forEach(partition -> marks.put(partition, new ArrayDeque<>()));
    }

    /** What was committed before it is out of scope. */
    Lsn from() {
        return from;
    }

    /** Marks an offset; does nothing for an end that has a mark. */
    synchronized void mark(TopicPartition partition, long end, long offset) {
        Deque<Mark> line = marks.computeIfAbsent(partition, any -> new ArrayDeque<>());
        if (line.isEmpty() || line.getLast().end() < end) {
            line.add(new Mark(end, offset));
        }
    }

    /** From where to read on when everything committed below the watermark is durable. */
    public synchronized Position at(Lsn watermark) {
        marks.forEach((partition, line) -> {
            while (!line.isEmpty() && line.getFirst().end() <= watermark.value()) {
                reached.put(partition, line.removeFirst());
            }
        });
        Map<String, Map<Integer, Long>> offsets = new TreeMap<>();
        Map<String, Map<Integer, Long>> passed = new TreeMap<>();
        reached.forEach((partition, mark) -> {
            put(offsets, partition, mark.offset());
            put(passed, partition, mark.end());
        });
        Map<String, Position.Topic> topics = new TreeMap<>();
        offsets.forEach((name, each) -> topics.put(
                name, new Position.Topic(ids.getOrDefault(name, ""), each, passed.getOrDefault(name, Map.of()))));
        return new Position(from, topics);
    }

    private static void put(Map<String, Map<Integer, Long>> numbers, TopicPartition partition, long number) {
        numbers.computeIfAbsent(partition.topic(), name -> new TreeMap<>()).put(partition.partition(), number);
    }
}
