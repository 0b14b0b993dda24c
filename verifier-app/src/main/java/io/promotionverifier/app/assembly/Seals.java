package io.promotionverifier.app.assembly;

import io.promotionverifier.app.config.PolicyConfig;
import io.promotionverifier.app.config.PromotionConfig;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.app.seal.DigestSeal;
import io.promotionverifier.app.seal.ValuesKey;
import io.promotionverifier.core.compare.ValueSeal;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.postgres.access.NotSetUpException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * How each promotion's values leave the core. Immutable, but the seals are confined to the thread that walks the line.
 *
 * @param seals by promotion
 * @param fingerprint tells the keys apart from others, together
 */
public record Seals(Map<PromotionId, ValueSeal> seals, String fingerprint) {
    public Seals {
        seals = Map.copyOf(seals);
    }

    /**
     * The seals that a configuration asks for.
     *
     * @throws NotSetUpException if a key is needed and setup has not made one
     */
    public static Seals of(VerifierConfig config) {
        Map<PromotionId, ValueSeal> seals = new LinkedHashMap<>();
        TreeSet<String> fingerprints = new TreeSet<>();
        for (PromotionConfig promotion : config.promotions()) {
            PolicyConfig policy = promotion.policy();
            if (policy.values() == PolicyConfig.Disclosure.PLAIN) {
                seals.put(promotion.id(), ValueSeal.PLAIN);
                fingerprints.add("plain");
                continue;
            }
            ValuesKey key = policy.valuesKey()
                    .map(secret -> ValuesKey.of(secret.reveal()))
                    .orElseGet(() -> made(config));
            seals.put(promotion.id(), new DigestSeal(key));
            fingerprints.add(key.fingerprint());
        }
        return new Seals(seals, String.join("+", fingerprints));
    }

    /** True if a promotion's values are digested with the key that setup makes. */
    public static boolean needsMadeKey(VerifierConfig config) {
        return config.promotions().stream()
                .map(PromotionConfig::policy)
                .anyMatch(policy -> policy.values() == PolicyConfig.Disclosure.REDACT
                        && policy.valuesKey().isEmpty());
    }

    /** Where setup puts the key that it makes. */
    public static Path keyFile(VerifierConfig config) {
        return config.data().resolve("values-key");
    }

    private static ValuesKey made(VerifierConfig config) {
        try {
            return ValuesKey.read(keyFile(config));
        } catch (NoSuchFileException e) {
            throw new NotSetUpException(
                    "there is no values key in " + keyFile(config) + ": run setup, or restore the key that setup made");
        } catch (IOException e) {
            throw new UncheckedIOException("the values key " + keyFile(config) + " cannot be read", e);
        }
    }

    /** The seal of a promotion. */
    public ValueSeal of(PromotionId promotion) {
        return Optional.ofNullable(seals.get(promotion))
                .orElseThrow(() -> new IllegalArgumentException("no promotion " + promotion));
    }
}
