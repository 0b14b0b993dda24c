package io.promotionverifier.kafka.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.core.settle.FindingState;
import io.promotionverifier.kafka.json.Members;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Folds finding events to the place of the latest record of each id, in the order in which the ids first appeared.
 * Confined to one thread; what has ended and is not asked for is forgotten at once, and of the others the place is
 * kept: there may be a million.
 */
final class FindingList {
    private final FindingFilter filter;
    private final Map<String, Latest> latest = new LinkedHashMap<>();

    FindingList(FindingFilter filter) {
        this.filter = filter;
    }

    private record Latest(FindingState state, long offset) {}

    void accept(long offset, ObjectNode finding) {
        String id = Members.text(finding, "id");
        FindingState state = Members.constant(finding, "state", FindingState.class);
        boolean ended = !state.isOpen() && !filter.listsState(state);
        if (ended || !filter.mayList(finding)) {
            latest.remove(id);
        } else {
            latest.put(id, new Latest(state, offset));
        }
    }

    /** The places of those that are listed, in the order of the list. */
    List<Long> offsets() {
        List<Long> listed = new ArrayList<>();
        boolean reached = filter.after().isEmpty();
        for (Map.Entry<String, Latest> entry : latest.entrySet()) {
            if (listed.size() == filter.limit()) {
                break;
            }
            if (reached && filter.listsState(entry.getValue().state())) {
                listed.add(entry.getValue().offset());
            }
            reached |= filter.after().filter(entry.getKey()::equals).isPresent();
        }
        return listed;
    }
}
