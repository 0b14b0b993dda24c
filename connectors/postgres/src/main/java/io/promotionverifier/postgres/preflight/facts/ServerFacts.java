package io.promotionverifier.postgres.preflight.facts;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The server and its settings.
 *
 * @param version {@code server_version_num}
 * @param platform who runs it
 * @param standby true while it replays another server's log
 * @param database the database's name
 * @param settings its settings; one that the version does not have is absent
 * @param slotsUsed existing replication slots
 * @param sendersUsed processes that stream the log now
 */
public record ServerFacts(
        int version,
        Platform platform,
        boolean standby,
        String database,
        Map<String, Setting> settings,
        int slotsUsed,
        int sendersUsed) {
    public ServerFacts {
        settings = Map.copyOf(settings);
    }

    /**
     * A setting.
     *
     * @param shown as {@code SHOW} prints it: {@code 1min}
     * @param raw in its base unit: {@code 60000}
     */
    public record Setting(String shown, String raw) {}

    /** A setting as {@code SHOW} prints it. */
    public Optional<String> setting(String name) {
        return Optional.ofNullable(settings.get(name)).map(Setting::shown);
    }

    /** A setting that is a number, in its base unit. */
    public OptionalLong number(String name) {
        return Optional.ofNullable(settings.get(name))
                .map(setting -> OptionalLong.of(Long.parseLong(setting.raw())))
                .orElse(OptionalLong.empty());
    }

    /** True from this major version on. */
    public boolean since(int major) {
        return version >= major * 10000;
    }

    /** The major version: 15 for 15.18. */
    public int major() {
        return version / 10000;
    }
}
