package io.promotionverifier.kafka.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * The marks of the live entries by their keys, and what they add up to. Of a key it holds the first 64 bits of its
 * SHA-256 and not the text: a million rows take 32 MB at most, and two of them are one with a probability of 3e-8.
 * Confined to one thread.
 */
final class Marks {
    private static final int LEAST = 1 << 10;

    /** No key: the hash that would be this is another. */
    private static final long FREE = 0;

    private long[] hashes = new long[LEAST];
    private long[] marks = new long[LEAST];
    private EntriesDigest digest = EntriesDigest.NONE;

    /** What the marks add up to. */
    EntriesDigest digest() {
        return digest;
    }

    /** An entry is live with this mark; returns the one that it had. */
    OptionalLong put(String key, long mark) {
        OptionalLong before = remove(key);
        if ((digest.count() + 1) * 2 > hashes.length) {
            grow();
        }
        int slot = slot(hash(key));
        hashes[slot] = hash(key);
        marks[slot] = mark;
        digest = digest.plus(mark);
        return before;
    }

    /** An entry is live no more; returns the mark that it had. */
    OptionalLong remove(String key) {
        int slot = slot(hash(key));
        if (hashes[slot] == FREE) {
            return OptionalLong.empty();
        }
        long before = marks[slot];
        digest = digest.minus(before);
        close(slot);
        return OptionalLong.of(before);
    }

    /** Nothing is live any more. */
    void clear() {
        hashes = new long[LEAST];
        marks = new long[LEAST];
        digest = EntriesDigest.NONE;
    }

    private static long hash(String key) {
        long hash = ByteBuffer.wrap(Sha256.digest().digest(key.getBytes(StandardCharsets.UTF_8)))
                .getLong();
        return hash == FREE ? 1 : hash;
    }

    /** Where a hash is, or would be. */
    private int slot(long hash) {
        int slot = home(hash);
        while (hashes[slot] != FREE && hashes[slot] != hash) {
            slot = next(slot);
        }
        return slot;
    }

    private int home(long hash) {
        return (int) hash & (hashes.length - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (hashes.length - 1);
    }

    /** Frees a slot and moves up what was put behind it because it was taken. */
    private void close(int slot) {
        int free = slot;
        hashes[free] = FREE;
        for (int at = next(free); hashes[at] != FREE; at = next(at)) {
            int home = home(hashes[at]);
            boolean reachable = free <= at ? free < home && home <= at : free < home || home <= at;
            if (!reachable) {
                hashes[free] = hashes[at];
                marks[free] = marks[at];
                hashes[at] = FREE;
                free = at;
            }
        }
    }

    private void grow() {
        long[] oldHashes = hashes;
        long[] oldMarks = marks;
        hashes = new long[oldHashes.length * 2];
        marks = new long[oldHashes.length * 2];
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != FREE) {
                int slot = slot(oldHashes[i]);
                hashes[slot] = oldHashes[i];
                marks[slot] = oldMarks[i];
            }
        }
    }
}
