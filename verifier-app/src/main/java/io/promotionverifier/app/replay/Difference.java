package io.promotionverifier.app.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.kafka.json.EventType;
import io.promotionverifier.kafka.json.Json;
import java.util.Optional;

/**
 * An event that a replay says otherwise than it was published.
 *
 * @param type of the event
 * @param id of the event
 * @param live as it was published; absent when it was not
 * @param again as the replay says it; absent when it does not
 */
public record Difference(EventType type, String id, Optional<String> live, Optional<String> again) {
    /** The difference as an object. */
    public ObjectNode json() {
        ObjectNode node = Json.object().put("event", type.wireName()).put("id", id);
        node.set("live", orNull(live));
        node.set("replay", orNull(again));
        return node;
    }

    private static JsonNode orNull(Optional<String> value) {
        return value.map(Json::parse).orElseGet(NullNode::getInstance);
    }
}
