package io.promotionverifier.postgres.engine;

import io.promotionverifier.postgres.decode.CapturedTable;
import io.promotionverifier.postgres.decode.UnreadableMarks;
import io.promotionverifier.postgres.decode.WriterMarks;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.PGProperty;

/**
 * Debezium's configuration, proven by kills before it was written down; see reference "checkpoint protocol", section 8.
 * Values that could be lost in silence by default: conversion failures become NULL, truncations are dropped, retries go
 * on for ever, a batch is repeated without its records.
 */
final class EngineProperties {
    private static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry("connector.class", TextConnector.class.getName()),
            Map.entry("plugin.name", "pgoutput"),
            Map.entry("snapshot.mode", "no_data"),
            Map.entry("offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore"),
            Map.entry("offset.flush.interval.ms", "0"),
            Map.entry("errors.max.retries", "0"),
            Map.entry("slot.max.retries", "0"),
            Map.entry("slot.drop.on.stop", "false"),
            Map.entry("lsn.flush.mode", "connector"),
            Map.entry("publication.autocreate.mode", "disabled"),
            Map.entry("provide.transaction.metadata", "false"),
            Map.entry("heartbeat.interval.ms", "2"),
            Map.entry("skipped.operations", "none"),
            Map.entry("tombstones.on.delete", "false"),
            Map.entry("decimal.handling.mode", "string"),
            Map.entry("time.precision.mode", "isostring"),
            Map.entry("interval.handling.mode", "string"),
            Map.entry("schema.refresh.mode", "columns_diff"),
            Map.entry("event.processing.failure.handling.mode", "fail"),
            Map.entry("event.converting.failure.handling.mode", "fail"),
            Map.entry("extended.headers.enabled", "false"),
            Map.entry("record.processing.threads", "1"),
            Map.entry("task.management.timeout.ms", "60000"),
            Map.entry("poll.interval.ms", "5"),
            Map.entry("database.tcpKeepAlive", "true"),
            Map.entry("converters", "verifier"),
            Map.entry("verifier.type", TextConverter.class.getName()));

    private static final String BATCH = "max.batch.size";

    /** Debezium wants it larger than a batch; what waits in it is copied by each young collection, see ADR 0027. */
    private static final String QUEUE = "max.queue.size";

    /** A full queue and the batch in hand must find room beside what is remembered, see ADR 0031. */
    private static final String SIXTEEN_MEBIBYTES = Integer.toString(16 << 20);

    /** What a user may change. */
    private static final Map<String, String> DEFAULTS = Map.of(
            BATCH,
            "256",
            "max.queue.size.in.bytes",
            SIXTEEN_MEBIBYTES,
            "statistics.metrics.enabled",
            "false",
            "status.update.interval.ms",
            "10000",
            "connection.validation.timeout.ms",
            "15000");

    /** The driver fixes DateStyle itself; the other styles of interval are read by their sign rules. */
    private static final String INTERVAL_STYLE = "-c IntervalStyle=postgres";

    /** What follows it is handed to pgjdbc. */
    static final String DRIVER = "driver.";

    private static final Set<String> OWN_FIELDS = Set.of("sslmode", "sslcert", "sslkey", "sslpassword", "sslrootcert");

    /** Without it a second engine waits a minute for the JMX names of a first one that has not let go. */
    private static final AtomicLong RUNS = new AtomicLong();

    private EngineProperties() {}

    static Properties of(CaptureSettings settings, UnreadableMarks marks) {
        Properties properties = new Properties();
        properties.putAll(DEFAULTS);
        properties.putAll(settings.passThrough());
        properties.putIfAbsent(QUEUE, twice(properties.getProperty(BATCH)));
        properties.putAll(FIXED);
        connection(properties, settings);
        sockets(properties, marks);
        properties.setProperty("name", settings.server());
        properties.setProperty("topic.prefix", settings.server());
        properties.setProperty("custom.metric.tags", "run=" + RUNS.incrementAndGet());
        properties.setProperty("slot.name", settings.slot());
        properties.setProperty("publication.name", settings.publication());
        properties.setProperty("message.prefix.include.list", prefixes(settings));
        properties.setProperty("table.include.list", tables(settings.tables()));
        properties.setProperty("column.include.list", columns(settings.tables()));
        properties.setProperty("unavailable.value.placeholder", marks.toast());
        properties.setProperty("verifier." + TextConverter.TOAST, marks.toast());
        properties.setProperty("verifier." + TextConverter.FOREIGN, marks.foreign());
        return properties;
    }

    /** What is no number Debezium refuses in its own words. */
    private static String twice(String number) {
        return number.matches("[0-9]{1,8}") ? Integer.toString(2 * Integer.parseInt(number)) : number;
    }

    private static String prefixes(CaptureSettings settings) {
        return Stream.concat(Stream.of(settings.heartbeatPrefix()), WriterMarks.PREFIXES.stream())
                .map(EngineProperties::quoted)
                .collect(Collectors.joining(","));
    }

    private static void connection(Properties properties, CaptureSettings settings) {
        ServerAddress address = settings.address();
        properties.setProperty("database.hostname", address.host());
        properties.setProperty("database.port", Integer.toString(address.port()));
        properties.setProperty("database.dbname", address.database());
        properties.setProperty("database.user", settings.user());
        properties.setProperty("database.password", settings.password());
        properties.setProperty("database.query.timeout.ms", "30000");
        properties.setProperty("driver.connectTimeout", "10");
        properties.setProperty("driver.loginTimeout", "10");
        properties.setProperty("driver.logServerErrorDetail", "false");
        address.parameters()
                .forEach((name, value) ->
                        properties.setProperty((OWN_FIELDS.contains(name) ? "database." : DRIVER) + name, value));
        properties.merge("driver.options", INTERVAL_STYLE, (theirs, ours) -> theirs + " " + ours);
    }

    /** Ours wrap those that the source's URL names. */
    private static void sockets(Properties properties, UnreadableMarks marks) {
        properties.setProperty(DRIVER + EngineSockets.MARK, marks.limit());
        wrap(properties, PGProperty.SOCKET_FACTORY, EngineSockets.THEIRS, EngineSockets.class);
        wrap(properties, PGProperty.SSL_FACTORY, EngineTls.THEIRS, EngineTls.class);
    }

    private static void wrap(Properties properties, PGProperty which, String theirs, Class<?> ours) {
        Object own = properties.setProperty(DRIVER + which.getName(), ours.getName());
        if (own != null) {
            properties.setProperty(DRIVER + theirs, own.toString());
        }
    }

    private static String tables(List<CapturedTable> tables) {
        return tables.stream().map(EngineProperties::pattern).collect(Collectors.joining(","));
    }

    private static String columns(List<CapturedTable> tables) {
        return tables.stream().flatMap(EngineProperties::columnPatterns).collect(Collectors.joining(","));
    }

    private static Stream<String> columnPatterns(CapturedTable table) {
        return table.columns().stream().map(column -> pattern(table) + "\\." + quoted(column));
    }

    private static String pattern(CapturedTable table) {
        return quoted(table.name().schema()) + "\\." + quoted(table.name().name());
    }

    /**
     * A pattern for this text alone that holds no comma and no blank: Debezium splits its lists there and trims them.
     */
    static String quoted(String text) {
        StringBuilder pattern = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c == '_' || (c < 128 && Character.isLetterOrDigit(c))) {
                pattern.appendCodePoint(c);
            } else {
                pattern.append("\\x{").append(Integer.toHexString(c)).append('}');
            }
        });
        return pattern.toString();
    }
}
