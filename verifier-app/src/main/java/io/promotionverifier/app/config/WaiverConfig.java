package io.promotionverifier.app.config;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A declared exception: these rows may differ until it expires.
 *
 * @param keys the rows, at least one
 * @param reason why they differ
 * @param by who answers for it
 * @param until the commit time from which the waiver no longer holds
 */
public record WaiverConfig(List<Key> keys, String reason, String by, Instant until) {
    public WaiverConfig {
        keys = List.copyOf(keys);
    }

    /** The primary key of a row as text: the catalog knows the columns' types. */
    public sealed interface Key {
        /**
         * The key of a table whose primary key is one column.
         *
         * @param value the column's value
         */
        record Single(String value) implements Key {}

        /**
         * The key by its columns' names.
         *
         * @param values the columns' values
         */
        record Composite(Map<String, String> values) implements Key {
            public Composite {
                values = Map.copyOf(values);
            }
        }
    }
}
