package io.promotionverifier.app.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.app.cli.ReplayRequest.Bound;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.kafka.json.EventType;
import io.promotionverifier.kafka.json.Json;
import io.promotionverifier.kafka.read.FindingFilter;
import java.util.Optional;
import java.util.Set;

/**
 * What a replay is about.
 *
 * @param from from here on; absent: from the beginning
 * @param to up to here; absent: to the end
 * @param promotion one promotion; absent: all
 * @param key one row; absent: all
 * @param otherPolicy whether it is judged by another policy than live
 */
public record ReplayScope(
        Optional<Bound> from,
        Optional<Bound> to,
        Optional<PromotionId> promotion,
        Optional<String> key,
        boolean otherPolicy) {
    private static final Set<EventType> FINDINGS = Set.of(
            EventType.FINDING_OPENED,
            EventType.FINDING_CONFIRMED,
            EventType.FINDING_CONVERGED,
            EventType.FINDING_RESOLVED);

    /**
     * Whether an event is held against what was published. Counters and aborts are of all rows; by another policy the
     * counters differ in every cut, and only what is decided counts.
     */
    boolean compares(EventType type, ObjectNode event) {
        boolean finding = FINDINGS.contains(type);
        if (!finding && (key.isPresent() || (otherPolicy && type == EventType.COUNTERS))) {
            return false;
        }
        return isOf(event.path("promotion").asText()) && (!finding || isRow(event.path("key")));
    }

    /** True when no row and no promotion is left out. */
    boolean isOfAll() {
        return promotion.isEmpty() && key.isEmpty();
    }

    boolean isOf(String id) {
        return promotion.map(only -> only.value().equals(id)).orElse(true);
    }

    boolean isRow(JsonNode found) {
        return key.map(wanted -> FindingFilter.isKey(found, wanted)).orElse(true);
    }

    boolean isRow(RowKey found) {
        return isRow(Json.parse(found.json()));
    }
}
