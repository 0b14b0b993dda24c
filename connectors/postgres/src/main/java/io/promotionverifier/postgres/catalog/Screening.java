package io.promotionverifier.postgres.catalog;

import io.promotionverifier.core.promotion.Phase;
import java.util.Optional;
import java.util.Set;

/**
 * What a row filter must know of a promotion besides its columns: it is screened, so that the server compares first.
 *
 * @param phase what the application does now
 * @param allowed the allowed values; absent when every value of the type is
 */
public record Screening(Phase phase, Optional<Set<String>> allowed) {
    public Screening {
        allowed = allowed.map(Set::copyOf);
    }
}
