package io.promotionverifier.kafka.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.pipeline.CoreState;
import io.promotionverifier.core.pipeline.StateEntry;
import java.util.List;
import java.util.stream.Stream;

/** A whole checkpoint in the forms of the state topic, for the history: a head, and a record for each entry. */
public final class WholeState {
    private WholeState() {}

    /** The head. */
    public static ObjectNode head(CoreState state) {
        return CoreStateJson.of(state);
    }

    /** The entries that are remembered; each is written out when it is asked for. */
    public static Stream<StateRecord> entries(List<StateEntry> entries) {
        return remembered(entries).map(EntryCodec::record);
    }

    /** How many entries are remembered. */
    public static long count(List<StateEntry> entries) {
        return remembered(entries).count();
    }

    private static Stream<StateEntry> remembered(List<StateEntry> entries) {
        return entries.stream().filter(entry -> !entry.equals(entry.forgotten()));
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
