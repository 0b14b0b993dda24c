package io.promotionverifier.core.promotion;

import java.util.regex.Pattern;

/**
 * The name of one promotion, unique in a configuration: {@code PROMO-001}.
 *
 * @param value 1 to 64 letters, digits, dots, underscores and hyphens, the first a letter or digit
 */
public record PromotionId(String value) implements Comparable<PromotionId> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** @throws IllegalArgumentException if the value does not have the form above */
    public PromotionId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a promotion id is 1 to 64 of A-Z a-z 0-9 . _ -: \"" + value + "\"");
        }
    }

    @Override
    public int compareTo(PromotionId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
