package io.promotionverifier.postgres.report;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * Makes fingerprints of the rows of one reading: the first 128 bits of SHA-256 over a salt that nobody knows and the
 * row. Without the salt, whoever writes values could choose them so that their sums are equal. Confined to one thread.
 */
final class RowHash {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SALT_BYTES = 16;

    private final MessageDigest digest = sha256();
    private final byte[] salt = new byte[SALT_BYTES];

    RowHash() {
        RANDOM.nextBytes(salt);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Each value stands with its length, so that no two rows read alike. */
    RowFingerprint of(List<Optional<String>> row) {
        digest.update(salt);
        for (Optional<String> value : row) {
            byte[] bytes =
                    value.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElseGet(() -> new byte[0]);
            digest.update(ByteBuffer.allocate(Integer.BYTES)
                    .putInt(value.isPresent() ? bytes.length : -1)
                    .flip());
            digest.update(bytes);
        }
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        return new RowFingerprint(hash.getLong(), hash.getLong());
    }
}
