package io.promotionverifier.kafka.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.settle.FindingState;
import io.promotionverifier.kafka.json.Json;
import io.promotionverifier.kafka.json.Members;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Folds finding events to the latest record of each id, in the order in which the ids first appeared. Confined to one
 * thread; what has ended and is not asked for is forgotten at once.
 */
final class FindingList {
    private final FindingFilter filter;
    private final Map<String, byte[]> latest = new LinkedHashMap<>();

    FindingList(FindingFilter filter) {
        this.filter = filter;
    }

    void accept(ObjectNode finding) {
        String id = Members.text(finding, "id");
        FindingState state = Members.constant(finding, "state", FindingState.class);
        boolean ended = !state.isOpen() && !filter.listsState(state);
        if (ended || !filter.mayList(finding)) {
            latest.remove(id);
        } else {
            latest.put(id, Json.bytes(finding));
        }
    }

    List<ObjectNode> findings() {
        List<ObjectNode> listed = new ArrayList<>();
        boolean reached = filter.after().isEmpty();
        for (Map.Entry<String, byte[]> entry : latest.entrySet()) {
            if (listed.size() == filter.limit()) {
                break;
            }
            ObjectNode finding = Json.parse(entry.getValue());
            if (reached && filter.listsState(Members.constant(finding, "state", FindingState.class))) {
                listed.add(finding);
            }
            reached |= filter.after().filter(entry.getKey()::equals).isPresent();
        }
        return listed;
    }
}
