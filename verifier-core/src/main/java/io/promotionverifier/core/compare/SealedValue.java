package io.promotionverifier.core.compare;

/**
 * A canonical value in the form in which it may leave the core: a keyed digest, or plain where that was asked for.
 *
 * @param mark the digest in lower-case hexadecimal, or the value itself; equal values have equal marks
 * @param length the number of characters of the canonical value
 * @param plain true when the mark is the value itself
 */
public record SealedValue(String mark, int length, boolean plain) {}
