package io.promotionverifier.kafka.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.promotionverifier.core.pipeline.StateEntry;
import io.promotionverifier.kafka.json.Json;
import io.promotionverifier.kafka.json.MalformedJsonException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Folds the records of the state topic, in their order, into the state they stand for, and refuses what no verifier
 * wrote. Confined to one thread; compaction may have taken any record that a later one replaces.
 */
public final class StateFold {
    /** The key of no-op records that settle a partition. */
    public static final String BARRIER_KEY = "barrier";

    private static final String REMEDY = "Restore the topic from a copy, record by record and in order; or give this"
            + " state up with `uninstall` and `setup`, which begins a new generation at zero.";

    private final String topic;
    private final Map<String, byte[]> live = new LinkedHashMap<>();
    private Optional<Head> head = Optional.empty();
    private byte[] headValue = new byte[0];
    private Instant headWritten = Instant.EPOCH;

    public StateFold(String topic) {
        this.topic = topic;
    }

    /**
     * Takes the next record.
     *
     * @param value absent for a tombstone
     * @param written when, by the broker's record of it
     * @throws StateCorruptException if it breaks the chain
     */
    public void accept(String key, Optional<byte[]> value, long offset, Instant written) {
        if (key.equals(BARRIER_KEY)) {
            return;
        }
        if (!key.equals(StateChain.HEAD_KEY)) {
            value.ifPresentOrElse(content -> live.put(key, content), () -> live.remove(key));
            return;
        }
        byte[] content = value.orElseThrow(() -> corrupt("the head was deleted", offset));
        Head next = parse(content, offset);
        head.ifPresent(before -> requireLink(before, next, offset));
        head = Optional.of(next);
        headValue = content;
        headWritten = written;
    }

    private Head parse(byte[] content, long offset) {
        try {
            JsonNode node = Json.parse(content);
            int schema = HeadJson.schema(node);
            if (schema != HeadJson.SCHEMA) {
                throw new StateCorruptException("The state in " + topic + " (offset " + offset + ") has version "
                        + schema + ", this verifier reads version " + HeadJson.SCHEMA
                        + ". Run the release that wrote it.");
            }
            return HeadJson.parse(node);
        } catch (MalformedJsonException | IllegalArgumentException | IllegalStateException malformed) {
            throw corrupt("the head cannot be read (" + malformed.getMessage() + ")", offset);
        }
    }

    private void requireLink(Head before, Head next, long offset) {
        if (next.sequence() <= before.sequence()) {
            throw corrupt("checkpoint " + next.sequence() + " follows checkpoint " + before.sequence(), offset);
        }
        if (next.sequence() == before.sequence() + 1 && !next.previous().equals(Optional.of(Sha256.hex(headValue)))) {
            throw corrupt("checkpoint " + next.sequence() + " was not written after the checkpoint before it", offset);
        }
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
            if (live.isEmpty()) {
                return new Folded(Optional.empty(), StateChain.empty());
            }
            throw new StateCorruptException("The state in " + topic + " has entries but no head. " + REMEDY);
        }
        Head last = head.get();
        Map<String, Long> marks = new HashMap<>();
        live.forEach((key, value) -> marks.put(key, EntriesDigest.mark(key, value)));
        EntriesDigest found = EntriesDigest.of(marks.values());
        if (!found.equals(last.entries())) {
            throw new StateCorruptException("The state in " + topic + " is not whole: checkpoint " + last.sequence()
                    + " counted " + last.entries().count() + " entries, sum "
                    + last.entries().hex() + "; there are "
                    + found.count() + ", sum " + found.hex() + ". " + REMEDY);
        }
        RestoredState state = new RestoredState(last, entries(), headWritten);
        return new Folded(Optional.of(state), StateChain.after(last, headValue, marks));
    }

    /** Gives each record up as it is read: a million findings do not fit into memory twice. */
    private List<StateEntry> entries() {
        List<StateEntry> entries = new ArrayList<>(live.size());
        Iterator<Map.Entry<String, byte[]>> records = live.entrySet().iterator();
        while (records.hasNext()) {
            Map.Entry<String, byte[]> entry = records.next();
            records.remove();
            try {
                entries.add(EntryCodec.parse(entry.getKey(), entry.getValue()));
            } catch (MalformedJsonException malformed) {
                throw new StateCorruptException("The state in " + topic + " has an entry that cannot be read ("
                        + malformed.getMessage() + "). " + REMEDY);
            }
        }
        return entries;
    }

    private StateCorruptException corrupt(String what, long offset) {
        return new StateCorruptException("The state in " + topic + " is not what a verifier wrote: " + what
                + " (offset " + offset + "). " + REMEDY);
    }
}
