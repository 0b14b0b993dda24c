package io.promotionverifier.postgres.preflight.facts;

import java.util.Map;
import java.util.Optional;

/**
 * The server and its settings.
 *
 * @param version {@code server_version_num}
 * @param standby true while it replays another server's log
 * @param database the database's name
 * @param settings settings as {@code SHOW} prints them; one that the version does not have is absent
 * @param slotsUsed existing replication slots
 * @param sendersUsed processes that stream the log now
 */
public record ServerFacts(
        int version, boolean standby, String database, Map<String, String> settings, int slotsUsed, int sendersUsed) {
    public ServerFacts {
        settings = Map.copyOf(settings);
    }

    /** A setting as {@code SHOW} prints it. */
    public Optional<String> setting(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    /** True from this major version on. */
    public boolean since(int major) {
        return version >= major * 10000;
    }
}
