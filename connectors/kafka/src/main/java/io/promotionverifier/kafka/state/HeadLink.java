package io.promotionverifier.kafka.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.promotionverifier.kafka.json.Members;
import java.util.Optional;
import java.util.Set;

/**
 * Where a head stands in the chain.
 *
 * @param sequence the number of the checkpoint
 * @param previous the digest of the head before it; absent for the first
 */
record HeadLink(long sequence, Optional<String> previous) {
    /** What a head has first, so that nobody need read on for it. */
    static final Set<String> MEMBERS = Set.of("schema", "sequence", "previous");

    static HeadLink parse(JsonNode head) {
        return new HeadLink(Members.number(head, "sequence"), Members.anyText(head, "previous"));
    }
}
