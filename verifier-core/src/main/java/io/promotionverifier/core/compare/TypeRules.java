package io.promotionverifier.core.compare;

import io.promotionverifier.core.promotion.ColumnType;
import java.time.ZoneId;
import java.util.Optional;

/** The rule of each column type. */
public final class TypeRules {
    private TypeRules() {}

    /**
     * The input rules of a type.
     *
     * @param zone the zone of timestamps without one; absent: such values are volatile
     */
    public static TypeRule of(ColumnType type, Optional<ZoneId> zone) {
        return Canonical.Known::new;
    }
}
