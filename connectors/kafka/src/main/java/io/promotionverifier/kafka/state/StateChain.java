package io.promotionverifier.kafka.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.promotionverifier.core.pipeline.CoreState;
import io.promotionverifier.core.pipeline.StateEntry;
import io.promotionverifier.kafka.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The writer's end of the state: knows the last head and what the live entries add up to, and turns the next checkpoint
 * into records. Belongs to the publisher's thread. A link that could not be committed ends the chain's use.
 */
public final class StateChain {
    /** The key of the head. */
    public static final String HEAD_KEY = "checkpoint";

    private final long incarnation;
    private final Marks live;
    private long sequence;
    private Optional<String> previous;
    private HistoryPlace history = HistoryPlace.NONE;
    private Optional<Instant> streamTime = Optional.empty();

    private StateChain(long incarnation, Marks live, long sequence, Optional<String> previous) {
        this.incarnation = incarnation;
        this.live = live;
        this.sequence = sequence;
        this.previous = previous;
    }

    /** A chain without any link. */
    public static StateChain empty() {
        return new StateChain(1, new Marks(), 0, Optional.empty());
    }

    /**
     * A chain that goes on after a head that was read, for the next incarnation; the marks of the live entries become
     * its own.
     *
     * @param digest of the head as it is stored
     */
    static StateChain after(Head head, String digest, Marks marks) {
        StateChain chain = new StateChain(head.incarnation() + 1, marks, head.sequence(), Optional.of(digest));
        chain.history = head.history();
        chain.streamTime = head.core().streamTime();
        return chain;
    }

    /** The number of the next record of the history. */
    public long nextOfHistory() {
        history = history.next();
        return history.records();
    }

    /** What follows in the history can be replayed from the last record on. */
    public void beginsInHistory(Optional<Instant> at) {
        history = history.beginning(at);
    }

    /** True when the next checkpoint should be a whole one, for the history. */
    public boolean wantsWhole() {
        return history.wantsWhole(streamTime);
    }

    /** The number of the publisher that writes this chain. */
    public long incarnation() {
        return incarnation;
    }

    /** The number of the last link; 0 before the first. */
    public long sequence() {
        return sequence;
    }

    /**
     * The next link.
     *
     * @param each takes its records, the head last
     */
    public void next(
            CoreState core,
            List<StateEntry> changed,
            Anchor anchor,
            List<? extends JsonNode> statuses,
            Consumer<StateRecord> each) {
        for (StateEntry entry : changed) {
            StateRecord record = EntryCodec.record(entry);
            if (count(record)) {
                each.accept(record);
            }
        }
        each.accept(head(core, anchor, statuses));
    }

    /**
     * The first link of a new generation: every entry is forgotten.
     *
     * @param keys of the live entries
     * @param each takes its records, the head last
     */
    public void restart(Set<String> keys, CoreState core, Anchor anchor, Consumer<StateRecord> each) {
        keys.stream().sorted().forEach(key -> each.accept(new StateRecord(key, Optional.empty())));
        live.clear();
        each.accept(head(core, anchor, List.of()));
    }

    /** False for what says nothing new: the same entry, or the tombstone of one that was never written. */
    private boolean count(StateRecord record) {
        if (record.value().isEmpty()) {
            return live.remove(record.key()).isPresent();
        }
        long mark = EntriesDigest.mark(record.key(), record.value().get());
        return !live.put(record.key(), mark).equals(OptionalLong.of(mark));
    }

    private StateRecord head(CoreState core, Anchor anchor, List<? extends JsonNode> statuses) {
        sequence++;
        streamTime = core.streamTime();
        Head head =
                new Head(sequence, incarnation, previous, anchor, live.digest(), history, core, List.copyOf(statuses));
        byte[] value = Json.bytes(HeadJson.of(head));
        previous = Optional.of(Sha256.hex(value));
        return new StateRecord(HEAD_KEY, Optional.of(value));
    }
}
