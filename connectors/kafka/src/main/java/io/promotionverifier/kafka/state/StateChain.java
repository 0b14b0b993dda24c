package io.promotionverifier.kafka.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.promotionverifier.core.pipeline.CoreState;
import io.promotionverifier.core.pipeline.StateEntry;
import io.promotionverifier.kafka.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The writer's end of the state: knows the last head and what the live entries add up to, and turns the next checkpoint
 * into records. Belongs to the publisher's thread. A link that could not be committed ends the chain's use.
 */
public final class StateChain {
    /** The key of the head. */
    public static final String HEAD_KEY = "checkpoint";

    private final long incarnation;
    private final Map<String, Long> live;
    private EntriesDigest digest;
    private long sequence;
    private Optional<String> previous;

    private StateChain(
            long incarnation, Map<String, Long> live, EntriesDigest digest, long sequence, Optional<String> previous) {
        this.incarnation = incarnation;
        this.live = live;
        this.digest = digest;
        this.sequence = sequence;
        this.previous = previous;
    }

    /** A chain without any link. */
    public static StateChain empty() {
        return new StateChain(1, new HashMap<>(), EntriesDigest.NONE, 0, Optional.empty());
    }

    /**
     * A chain that goes on after a head that was read, for the next incarnation; the marks of the live entries become
     * its own.
     */
    static StateChain after(Head head, byte[] headValue, Map<String, Long> marks) {
        return new StateChain(
                head.incarnation() + 1, marks, head.entries(), head.sequence(), Optional.of(Sha256.hex(headValue)));
    }

    /** The number of the publisher that writes this chain. */
    public long incarnation() {
        return incarnation;
    }

    /** The number of the last link; 0 before the first. */
    public long sequence() {
        return sequence;
    }

    /** The records of the next link, the head last. */
    public List<StateRecord> next(
            CoreState core, List<StateEntry> changed, Anchor anchor, List<? extends JsonNode> statuses) {
        List<StateRecord> records = new ArrayList<>();
        for (StateEntry entry : changed) {
            StateRecord record = EntryCodec.record(entry);
            if (count(record)) {
                records.add(record);
            }
        }
        records.add(head(core, anchor, statuses));
        return records;
    }

    /** The records of the first link of a new generation: every entry is forgotten. */
    public List<StateRecord> restart(CoreState core, Anchor anchor) {
        List<StateRecord> records = new ArrayList<>();
        live.keySet().stream().sorted().forEach(key -> records.add(new StateRecord(key, Optional.empty())));
        live.clear();
        digest = EntriesDigest.NONE;
        records.add(head(core, anchor, List.of()));
        return records;
    }

    /** False for the tombstone of an entry that was never written. */
    private boolean count(StateRecord record) {
        Optional<Long> before = Optional.ofNullable(live.remove(record.key()));
        before.ifPresent(mark -> digest = digest.minus(mark));
        record.value().ifPresent(value -> {
            long mark = EntriesDigest.mark(record.key(), value);
            live.put(record.key(), mark);
            digest = digest.plus(mark);
        });
        return before.isPresent() || record.value().isPresent();
    }

    private StateRecord head(CoreState core, Anchor anchor, List<? extends JsonNode> statuses) {
        sequence++;
        Head head = new Head(sequence, incarnation, previous, anchor, digest, core, List.copyOf(statuses));
        byte[] value = Json.bytes(HeadJson.of(head));
        previous = Optional.of(Sha256.hex(value));
        return new StateRecord(HEAD_KEY, Optional.of(value));
    }
}
