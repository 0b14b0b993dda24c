package io.promotionverifier.app.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.promotionverifier.app.cli.CommandException;
import io.promotionverifier.app.cli.ExitCode;
import io.promotionverifier.app.config.WaiverConfig;
import io.promotionverifier.core.change.RowKey;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.history.HistoryLog;
import io.promotionverifier.kafka.json.Json;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How the row keys of tables look, from the first key of each that the history holds: so that a waiver's key can be
 * read without asking the database. Immutable.
 */
final class RowKeyForms {
    private final Map<String, JsonNode> samples;

    private RowKeyForms(Map<String, JsonNode> samples) {
        this.samples = Map.copyOf(samples);
    }

    /** Looks for a key of each table. */
    static RowKeyForms read(KafkaConnection connection, Set<String> tables) {
        Map<String, JsonNode> samples = new HashMap<>();
        Set<String> missing = new HashSet<>(tables);
        if (!missing.isEmpty()) {
            HistoryLog log = new HistoryLog(connection);
            log.readChanges(log.end(), change -> {
                String table = change.path("table").asText();
                if (change.path("key").isObject() && missing.remove(table)) {
                    samples.put(table, change.path("key"));
                }
                return !missing.isEmpty();
            });
        }
        return new RowKeyForms(samples);
    }

    /** The row key that somebody wrote down; of a table without a change, one that no row has. */
    RowKey key(TableName table, WaiverConfig.Key key) {
        JsonNode sample = samples.get(table.toString());
        if (sample == null) {
            return new RowKey("{}");
        }
        ObjectNode made = Json.object();
        sample.properties().forEach(member -> {
            String text = text(key, member.getKey(), sample.size());
            if (member.getValue().isNumber()) {
                made.put(member.getKey(), number(text));
            } else {
                made.put(member.getKey(), text);
            }
        });
        return Json.key(made);
    }

    private static String text(WaiverConfig.Key key, String column, int columns) {
        if (key instanceof WaiverConfig.Key.Single single && columns == 1) {
            return single.value();
        }
        if (key instanceof WaiverConfig.Key.Composite composite
                && composite.values().containsKey(column)) {
            return composite.values().getOrDefault(column, "");
        }
        throw new CommandException(ExitCode.USAGE, "a waiver's key does not name the column " + column);
    }

    private static BigDecimal number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException malformed) {
            throw new CommandException(ExitCode.USAGE, "a waiver's key is not a number: " + text, malformed);
        }
    }
}
