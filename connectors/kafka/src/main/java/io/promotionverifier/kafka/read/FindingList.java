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

    private record Latest(boolean isListed, FindingState state, long offset) {}

    void accept(long offset, ObjectNode finding) {
        String id = Members.text(finding, "id");
        FindingState state = Members.constant(finding, "state", FindingState.class);
        boolean isMark = filter.after().filter(id::equals).isPresent();
        boolean ended = !state.isOpen() && !filter.listsState(state);
        boolean isListed = !ended && filter.mayList(finding);
        if (isListed || isMark) {
            latest.put(id, new Latest(isListed, state, offset));
        } else {
            latest.remove(id);
        }
    }

    /**
     * The places of those that are listed, in the order of the list.
     *
     * @throws NoSuchFindingException if there is none with the id behind which they are asked for
     */
    List<Long> offsets() {
        List<Long> listed = new ArrayList<>();
        boolean reached = filter.after().isEmpty();
        for (Map.Entry<String, Latest> entry : latest.entrySet()) {
            if (listed.size() == filter.limit()) {
                break;
            }
            Latest found = entry.getValue();
            if (reached && found.isListed() && filter.listsState(found.state())) {
                listed.add(found.offset());
            }
            reached |= filter.after().filter(entry.getKey()::equals).isPresent();
        }
        if (!reached) {
            throw new NoSuchFindingException(filter.after().orElseThrow());
        }
        return listed;
    }
}
