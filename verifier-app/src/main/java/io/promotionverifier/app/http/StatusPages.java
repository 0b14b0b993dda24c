package io.promotionverifier.app.http;

import io.promotionverifier.core.promotion.Phase;
import java.util.Optional;

/**
 * What the surface shows, as JSON text in the shapes of CONTRACT section 4. Implementations are safe for many threads.
 */
public interface StatusPages {
    /** The status of all promotions, an array. */
    String statuses();

    /** The status of one promotion; absent if there is none of that id. */
    Optional<String> status(String promotion);

    /** Whether one promotion may enter a phase; absent if there is none of that id. */
    Optional<String> gate(String promotion, Phase to);

    /** The findings of one promotion, an array; absent if there is none of that id. */
    Optional<String> findings(String promotion, FindingsQuery query);
}
