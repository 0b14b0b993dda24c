package io.promotionverifier.topics.decode;

import io.promotionverifier.postgres.decode.CapturedTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A table whose changes stand in a topic.
 *
 * @param table what is captured of it
 * @param columns the captured columns: of the key, promoted ones and documents, each once
 */
public record TopicTable(CapturedTable table, List<TopicColumn> columns) {
    public TopicTable {
        columns = List.copyOf(columns);
    }

    /** Why the values of a column cannot be compared, by the column's name; empty if all can. */
    public Map<String, String> losses(ConnectorForm form) {
        Map<String, String> losses = new TreeMap<>();
        for (TopicColumn column : columns) {
            Optional<String> loss = Losses.of(column, form);
            loss.ifPresent(why -> losses.put(column.name(), why));
        }
        return losses;
    }

    /** Why the NULLs of a column cannot be told from values, by the column's name; empty if all can. */
    public Map<String, String> lostNulls(ConnectorForm form) {
        Map<String, String> losses = new TreeMap<>();
        for (TopicColumn column : columns) {
            Losses.ofNulls(column, form).ifPresent(why -> losses.put(column.name(), why));
        }
        return losses;
    }
}
