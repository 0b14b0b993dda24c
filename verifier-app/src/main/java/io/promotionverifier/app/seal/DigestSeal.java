package io.promotionverifier.app.seal;

import io.promotionverifier.core.compare.SealedValue;
import io.promotionverifier.core.compare.ValueSeal;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals a value as the first 128 bits of its HMAC-SHA-256: equal values have equal digests, and without the key nobody
 * can try values out. Confined to one thread.
 */
public final class DigestSeal implements ValueSeal {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int DIGEST_BYTES = 16;
    private static final HexFormat HEX = HexFormat.of();

    private final Mac mac;

    /** @param key any bytes, at least one */
    public DigestSeal(byte[] key) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public SealedValue seal(String canonical) {
        byte[] digest = mac.doFinal(canonical.getBytes(StandardCharsets.UTF_8));
        return new SealedValue(
                HEX.formatHex(digest, 0, DIGEST_BYTES), canonical.codePointCount(0, canonical.length()), false);
    }
}
