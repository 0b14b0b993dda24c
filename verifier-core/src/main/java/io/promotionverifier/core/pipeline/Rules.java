package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.compare.Comparator;
import io.promotionverifier.core.promotion.Promotion;
import java.util.Optional;
import java.util.Set;

/**
 * What the versions of one promotion are judged by: enough to judge them again from what the history holds of them.
 *
 * @param promotion the promotion with its policy
 * @param plain whether its values are sealed as themselves
 * @param allowedMarks the marks of the allowed values; absent when every value of the type is allowed
 */
public record Rules(Promotion promotion, boolean plain, Optional<Set<String>> allowedMarks) {
    public Rules {
        allowedMarks = allowedMarks.map(Set::copyOf);
    }

    /** Judges versions that were sealed under these rules. */
    public Comparator judge() {
        return new Comparator(promotion, allowedMarks);
    }
}
