package io.promotionverifier.postgres.engine;

import java.util.List;
import java.util.Set;

/**
 * Debezium's properties that the verifier sets itself, or whose change would lose, alter or repeat row changes, write
 * to the source, or run foreign code.
 */
public final class OwnedProperties {
    /** Single properties. */
    public static final Set<String> KEYS = Set.of(
            "name",
            "connector.class",
            "tasks.max",
            "plugin.name",
            "read.only",
            "converters",
            "predicates",
            "transforms",
            "provide.transaction.metadata",
            "skipped.operations",
            "skip.messages.without.change",
            "tombstones.on.delete",
            "decimal.handling.mode",
            "time.precision.mode",
            "interval.handling.mode",
            "binary.handling.mode",
            "hstore.handling.mode",
            "include.unknown.datatypes",
            "unavailable.value.placeholder",
            "extended.headers.enabled",
            "flush.lsn.source",
            "poll.interval.ms",
            "sourceinfo.struct.maker",
            "streaming.delay.ms");

    /** Beginnings of properties. */
    public static final List<String> PREFIXES = List.of(
            "column.",
            "converter",
            "custom.",
            "database.",
            "datatype.",
            "driver.",
            "errors.",
            "event.",
            "executor.",
            "field.",
            "heartbeat.",
            "incremental.",
            "internal.",
            "key.",
            "lsn.flush.mode",
            "message.",
            "notification.",
            "offset.",
            "openlineage.",
            "post.",
            "predicates.",
            "publication.",
            "publish.",
            "record.",
            "replica.",
            "retriable.",
            "schema.",
            "schemas.",
            "signal.",
            "slot.",
            "snapshot.",
            "table.",
            "task.",
            "topic.",
            "transaction.",
            "transforms.",
            "value.",
            "verifier.");

    private OwnedProperties() {}

    /** True if the property may not be passed through. */
    public static boolean isOwned(String key) {
        return KEYS.contains(key) || PREFIXES.stream().anyMatch(key::startsWith);
    }
}
