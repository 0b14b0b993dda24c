package io.promotionverifier.kafka.state;

import io.promotionverifier.core.pipeline.StateEntry;
import io.promotionverifier.core.settle.Room;
import io.promotionverifier.kafka.json.MalformedJsonException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Folds the records of the state topic, in their order, into the state they stand for, and refuses what no verifier
 * wrote. Confined to one thread; compaction may have taken any record that a later one replaces.
 *
 * <p>Memory: each entry once, as what it is read to; nothing of its text is kept.
 */
public final class StateFold {
    /** The key of no-op records that settle a partition. */
    public static final String BARRIER_KEY = "barrier";

    private static final int MEGABYTE = 20;

    private final String topic;
    private final OptionalLong mostBytes;
    private final Marks marks = new Marks();
    private final Map<String, Live> live = new LinkedHashMap<>();
    private final SharedParts shared = new SharedParts();
    private long bytes;
    private Optional<StoredHead> head = Optional.empty();

    private StateFold(String topic, OptionalLong mostBytes) {
        this.topic = topic;
        this.mostBytes = mostBytes;
    }

    /** @param mostBytes what the rows that are remembered may take, as {@link Room} estimates it */
    public StateFold(String topic, long mostBytes) {
        this(topic, OptionalLong.of(mostBytes));
    }

    /** A fold that verifies the state and keeps none of its entries. */
    static StateFold ofHead(String topic) {
        return new StateFold(topic, OptionalLong.empty());
    }

    /**
     * A live entry.
     *
     * @param entry what was read; absent if it cannot be read, which matters when nothing replaces it
     * @param problem why it cannot be read
     * @param bytes what it takes
     */
    private record Live(Optional<StateEntry> entry, String problem, long bytes) {
        static Live of(StateEntry entry) {
            long bytes = entry instanceof StateEntry.Row row
                    ? row.row().map(known -> Room.bytes(row.key(), known)).orElse(0L)
                    : 0;
            return new Live(Optional.of(entry), "", bytes);
        }

        static Live unreadable(MalformedJsonException malformed) {
            return new Live(Optional.empty(), String.valueOf(malformed.getMessage()), 0);
        }
    }

    /**
     * Takes the next record.
     *
     * @param value absent for a tombstone
     * @param written when, by the broker's record of it
     * @throws StateCorruptException if it breaks the chain
     * @throws StateTooLargeException if the rows take more than they may
     */
    public void accept(String key, Optional<byte[]> value, long offset, Instant written) {
        if (key.equals(BARRIER_KEY)) {
            return;
        }
        if (!key.equals(StateChain.HEAD_KEY)) {
            value.ifPresentOrElse(content -> keep(key, content), () -> forget(key));
            return;
        }
        StoredHead next = new StoredHead(topic, value, offset, written);
        head.ifPresent(next::requireAfter);
        head = Optional.of(next);
    }

    private void keep(String key, byte[] content) {
        marks.put(key, EntriesDigest.mark(key, content));
        if (mostBytes.isEmpty()) {
            return;
        }
        Live entry = read(key, content);
        Live before = live.put(key, entry);
        bytes += entry.bytes() - (before == null ? 0 : before.bytes());
        if (bytes > mostBytes.getAsLong()) {
            throw new StateTooLargeException("The state in " + topic + " remembers more rows than "
                    + (Runtime.getRuntime().maxMemory() >> MEGABYTE) + " MB of heap have room for ("
                    + live.size() + " entries and more). It was written with a larger heap: start with that again,"
                    + " for example VERIFIER_JAVA_OPTS=-Xmx1g.");
        }
    }

    private Live read(String key, byte[] content) {
        try {
            return Live.of(shared.of(EntryCodec.parse(key, content)));
        } catch (MalformedJsonException malformed) {
            return Live.unreadable(malformed);
        }
    }

    private void forget(String key) {
        marks.remove(key);
        Live before = live.remove(key);
        bytes -= before == null ? 0 : before.bytes();
    }

    /**
     * What a fold came to.
     *
     * @param state absent when there is no head and no entry
     * @param chain the writer's end after this state; an empty chain when there is none
     */
    public record Folded(Optional<RestoredState> state, StateChain chain) {}

    /**
     * Ends the fold.
     *
     * @throws StateCorruptException if the entries are not those that the head counted
     */
    public Folded end() {
        if (head.isEmpty()) {
            if (marks.digest().count() == 0) {
                return new Folded(Optional.empty(), StateChain.empty());
            }
            throw new StateCorruptException("The state in " + topic + " has entries but no head. " + StoredHead.REMEDY);
        }
        Head last = head.get().read();
        EntriesDigest found = marks.digest();
        if (!found.equals(last.entries())) {
            throw new StateCorruptException("The state in " + topic + " is not whole: checkpoint " + last.sequence()
                    + " counted " + last.entries().count() + " entries, sum "
                    + last.entries().hex() + "; there are "
                    + found.count() + ", sum " + found.hex() + ". " + StoredHead.REMEDY);
        }
        RestoredState state = new RestoredState(last, entries(), head.get().written());
        return new Folded(Optional.of(state), StateChain.after(last, head.get().digest(), marks));
    }

    private List<StateEntry> entries() {
        List<StateEntry> entries = new ArrayList<>(live.size());
        Iterator<Live> each = live.values().iterator();
        while (each.hasNext()) {
            Live next = each.next();
            each.remove();
            entries.add(next.entry()
                    .orElseThrow(() -> new StateCorruptException("The state in " + topic
                            + " has an entry that cannot be read (" + next.problem() + "). " + StoredHead.REMEDY)));
        }
        return entries;
    }
}
