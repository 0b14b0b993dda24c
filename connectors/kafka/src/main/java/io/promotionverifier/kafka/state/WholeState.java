package io.promotionverifier.kafka.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.pipeline.CoreState;
import io.promotionverifier.core.pipeline.StateEntry;
import java.util.List;

/** A whole checkpoint in the forms of the state topic, for the history: a head, and a record for each entry. */
public final class WholeState {
    private WholeState() {}

    /** The head. */
    public static ObjectNode head(CoreState state) {
        return CoreStateJson.of(state);
    }

    /** The entries that are remembered. */
    public static List<StateRecord> entries(List<StateEntry> entries) {
        return entries.stream()
                .map(EntryCodec::record)
                .filter(record -> record.value().isPresent())
                .toList();
    }

    /**
     * Reads a head back.
     *
     * @throws io.promotionverifier.kafka.json.MalformedJsonException if the object is none
     */
    public static CoreState parse(JsonNode head) {
        return CoreStateJson.parse(head);
    }

    /**
     * Reads an entry back.
     *
     * @throws io.promotionverifier.kafka.json.MalformedJsonException if it is none
     */
    public static StateEntry parse(String key, JsonNode value) {
        return EntryCodec.parse(key, value);
    }
}
