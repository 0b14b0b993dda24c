package io.promotionverifier.kafka.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.promotionverifier.kafka.json.Json;
import io.promotionverifier.kafka.json.MalformedJsonException;
import java.time.Instant;
import java.util.Optional;

/**
 * A head as it lies in the state topic. Its place in the chain is read at once; all that it says, which is much more,
 * only when it turns out to be the last. Do not alter its value.
 */
final class StoredHead {
    /** What somebody can do about a state that no verifier wrote. */
    static final String REMEDY = "Restore the topic from a copy, record by record and in order; or give this"
            + " state up with `uninstall` and `setup`, which begins a new generation at zero.";

    private final String topic;
    private final byte[] value;
    private final long offset;
    private final Instant written;
    private final HeadLink link;

    /**
     * A record under the key of the head.
     *
     * @param value absent for a tombstone
     * @throws StateCorruptException if it is no head, or one of another release
     */
    StoredHead(String topic, Optional<byte[]> value, long offset, Instant written) {
        this.topic = topic;
        this.offset = offset;
        this.written = written;
        this.value = value.orElseThrow(() -> corrupt("the head was deleted"));
        this.link = link();
    }

    private HeadLink link() {
        try {
            JsonNode first = Json.members(value, HeadLink.MEMBERS);
            int schema = HeadJson.schema(first);
            if (schema != HeadJson.SCHEMA) {
                throw new StateCorruptException("The state in " + topic + " (offset " + offset + ") has version "
                        + schema + ", this verifier reads version " + HeadJson.SCHEMA
                        + ". Run the release that wrote it.");
            }
            return HeadLink.parse(first);
        } catch (MalformedJsonException malformed) {
            throw unreadable(malformed);
        }
    }

    /** @throws StateCorruptException if this cannot be the one that comes next, or a later one */
    void requireAfter(StoredHead before) {
        long last = before.link.sequence();
        if (link.sequence() <= last) {
            throw corrupt("checkpoint " + link.sequence() + " follows checkpoint " + last);
        }
        if (link.sequence() == last + 1 && !link.previous().equals(Optional.of(before.digest()))) {
            throw corrupt("checkpoint " + link.sequence() + " was not written after the checkpoint before it");
        }
    }

    /** The digest by which the next head names this one. */
    String digest() {
        return Sha256.hex(value);
    }

    /** When it was written, by the clock of the verifier that wrote it. */
    Instant written() {
        return written;
    }

    /**
     * All that it says.
     *
     * @throws StateCorruptException if it cannot be read
     */
    Head read() {
        try {
            return HeadJson.parse(Json.parse(value));
        } catch (MalformedJsonException | IllegalArgumentException | IllegalStateException malformed) {
            throw unreadable(malformed);
        }
    }

    private StateCorruptException unreadable(RuntimeException malformed) {
        return corrupt("the head cannot be read (" + malformed.getMessage() + ")");
    }

    private StateCorruptException corrupt(String what) {
        return new StateCorruptException("The state in " + topic + " is not what a verifier wrote: " + what
                + " (offset " + offset + "). " + REMEDY);
    }
}
