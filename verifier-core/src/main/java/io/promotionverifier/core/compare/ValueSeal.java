package io.promotionverifier.core.compare;

/**
 * Turns canonical values into what may leave the core. A pure function: equal values get equal marks, different values
 * different ones. Implementations must be safe for use by the thread that walks the line.
 */
@FunctionalInterface
public interface ValueSeal {
    /** Seals values as themselves. For {@code values: plain} and for tests. */
    ValueSeal PLAIN = canonical -> new SealedValue(canonical, canonical.codePointCount(0, canonical.length()), true);

    /** The sealed form of a canonical value. */
    SealedValue seal(String canonical);
}
