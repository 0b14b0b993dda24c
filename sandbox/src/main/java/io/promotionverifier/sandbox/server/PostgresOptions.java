package io.promotionverifier.sandbox.server;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What to start: a PostgreSQL that keeps its data in the folder, or a temporary one.
 *
 * @param directory where data, log and password live; empty for a temporary folder that goes at close
 * @param port a fixed port on loopback, or 0 for a free one
 * @param durable false turns fsync off, for tests: a kill of the process loses nothing, a power cut may
 * @param binaries an installed PostgreSQL (the folder above {@code bin}), or an archive of one ({@code .txz}) that is
 *     unpacked once; empty for the embedded one
 * @param settings further server settings by name, such as {@code log_statement}; they win over ours
 */
public record PostgresOptions(
        Optional<Path> directory, int port, boolean durable, Optional<Path> binaries, Map<String, String> settings) {
    /** Copies the settings. */
    public PostgresOptions {
        settings = Map.copyOf(settings);
    }

    /** A durable server on a free port that keeps its data in the folder. */
    public static PostgresOptions in(Path directory) {
        return new PostgresOptions(Optional.of(directory), 0, true, Optional.empty(), Map.of());
    }

    /** A server on a free port in a temporary folder, without fsync. */
    public static PostgresOptions temporary() {
        return new PostgresOptions(Optional.empty(), 0, false, Optional.empty(), Map.of());
    }

    /** The same on a fixed port. */
    public PostgresOptions withPort(int port) {
        return new PostgresOptions(directory, port, durable, binaries, settings);
    }

    /** The same with or without fsync. */
    public PostgresOptions withDurable(boolean durable) {
        return new PostgresOptions(directory, port, durable, binaries, settings);
    }

    /** The same with an installed PostgreSQL, for example {@code /usr/lib/postgresql/15}, or an archive of one. */
    public PostgresOptions withBinaries(Path home) {
        return new PostgresOptions(directory, port, durable, Optional.of(home), settings);
    }

    /** The same with one more server setting. */
    public PostgresOptions withSetting(String name, String value) {
        Map<String, String> more = new TreeMap<>(settings);
        more.put(name, value);
        return new PostgresOptions(directory, port, durable, binaries, more);
    }
}
