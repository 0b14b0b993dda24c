package io.promotionverifier.app.seal;

import io.promotionverifier.core.compare.SealedValue;
import io.promotionverifier.core.compare.ValueSeal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.Mac;

/**
 * Seals values as the first 128 bits of their HMAC-SHA-256, in hexadecimal, and their length in characters: equal
 * values stay equal, and without the key nobody learns a value from its digest. Safe for use by many threads.
 */
public final class DigestSeal implements ValueSeal {
    private static final int DIGEST_BYTES = 16;

    private final ThreadLocal<Mac> macs;

    public DigestSeal(ValuesKey key) {
        macs = ThreadLocal.withInitial(key::mac);
    }

    @Override
    public SealedValue seal(String canonical) {
        byte[] digest = macs.get().doFinal(canonical.getBytes(StandardCharsets.UTF_8));
        String mark = HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        return new SealedValue(mark, canonical.codePointCount(0, canonical.length()), false);
    }
}
