package io.promotionverifier.core.compare;

import java.util.List;
import java.util.Set;

/** An enum: a label as it was declared, to the letter. */
final class EnumRule implements TypeRule {
    private final Set<String> labels;

    EnumRule(List<String> labels) {
        this.labels = Set.copyOf(labels);
    }

    @Override
    public Canonical canonical(String text) {
        return labels.contains(text) ? new Canonical.Known(text) : new Canonical.Refused();
    }
}
