package io.promotionverifier.kafka.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * What all live entries add up to, in whatever order they were written: their number, and the sum modulo 2^64 of the
 * first 64 bits of the SHA-256 of each.
 *
 * @param count the number of live entries
 * @param sum the sum of their marks
 */
public record EntriesDigest(long count, long sum) {
    /** No entry. */
    public static final EntriesDigest NONE = new EntriesDigest(0, 0);

    /** What one entry adds. */
    static long mark(String key, byte[] value) {
        byte[] name = key.getBytes(StandardCharsets.UTF_8);
        MessageDigest digest = Sha256.digest();
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).array());
        digest.update(name);
        digest.update(value);
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    EntriesDigest plus(long mark) {
        return new EntriesDigest(count + 1, sum + mark);
    }

    EntriesDigest minus(long mark) {
        return new EntriesDigest(count - 1, sum - mark);
    }

    String hex() {
        return String.format("%016x", sum);
    }
}
