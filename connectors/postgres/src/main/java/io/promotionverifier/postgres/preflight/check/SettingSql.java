package io.promotionverifier.postgres.preflight.check;

import io.promotionverifier.postgres.access.SqlText;
import io.promotionverifier.postgres.preflight.facts.Platform;
import io.promotionverifier.postgres.preflight.facts.ServerFacts;

/** How a server's setting is changed: by SQL on a server of one's own; a managed one says where instead. */
final class SettingSql {
    private SettingSql() {}

    /** Changes a setting that a reload takes up. */
    static String reloaded(ServerFacts server, String setting, String value) {
        return server.platform() == Platform.OWN
                ? alter(setting, value) + "; SELECT pg_reload_conf()"
                : elsewhere(server.platform(), setting + " = " + value);
    }

    /** Changes a setting that takes a restart. */
    static String restarted(ServerFacts server, String setting, String value) {
        return server.platform() == Platform.OWN
                ? alter(setting, value)
                : elsewhere(server.platform(), setting + " = " + value);
    }

    /** Turns logical decoding on, which takes a restart. */
    static String logicalDecoding(ServerFacts server) {
        return server.platform() == Platform.OWN
                ? alter("wal_level", "logical")
                : elsewhere(server.platform(), server.platform().logicalDecoding());
    }

    private static String alter(String setting, String value) {
        return "ALTER SYSTEM SET " + setting + " = " + SqlText.literal(value);
    }

    private static String elsewhere(Platform platform, String what) {
        return "-- not by SQL here: set " + what + " in " + platform.place();
    }
}
