package io.promotionverifier.postgres.preflight.facts;

import io.promotionverifier.postgres.access.Session;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the server's settings and state. Needs no privilege. */
final class ServerReader {
    private static final List<String> SETTINGS = List.of(
            "wal_level",
            "max_replication_slots",
            "max_wal_senders",
            "max_slot_wal_keep_size",
            "idle_replication_slot_timeout",
            "idle_session_timeout",
            "synchronized_standby_slots",
            "wal_sender_timeout");

    /** As server, database and role have them: our session overrides some for itself, the engine's do not. */
    private static final String SETTINGS_AS_GIVEN = """
            SELECT name, reset_val AS setting,
                   CASE WHEN setting = reset_val THEN current_setting(name)
                        ELSE reset_val || coalesce(' ' || unit, '') END AS shown
            FROM pg_settings WHERE name = ANY (?::text[])
            """;

    private static final String SERVER = """
            SELECT current_setting('server_version_num')::int AS version, pg_is_in_recovery() AS standby,
                   current_database() AS database,
                   ARRAY(SELECT rolname::text FROM pg_roles WHERE rolname = ANY (?::text[])) AS platforms,
                   (SELECT count(*) FROM pg_replication_slots) AS slots,
                   (SELECT count(*) FROM pg_stat_replication) AS senders
            """;

    private static final String SLOTS = """
            SELECT s.slot_name, s.slot_type = 'logical' AS logical, s.active,
                   coalesce((to_jsonb(s) ->> 'failover')::boolean, false) AS failover
            FROM pg_replication_slots s ORDER BY s.slot_name
            """;

    private static final String WAL = """
            SELECT wal_bytes::int8 AS bytes,
                   (extract(epoch FROM clock_timestamp() - coalesce(stats_reset, pg_postmaster_start_time())) * 1000)::int8
                       AS millis
            FROM pg_stat_wal
            """;

    /** The types that Debezium 3.6.1 takes for enums, less those of which it finds labels. */
    private static final String HOLLOW_ENUMS = """
            SELECT format_type(t.oid, NULL) || CASE t.typtype
                       WHEN 'd' THEN ' (a domain over ' || format_type(t.typbasetype, t.typtypmod) || ')'
                       WHEN 'e' THEN ' (an enum without labels)'
                       ELSE ' (of the category of enums)' END AS told
            FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
            WHERE n.nspname <> 'pg_toast' AND t.typcategory = 'E'
              AND NOT EXISTS (SELECT FROM pg_enum e WHERE e.enumtypid = t.oid)
            ORDER BY 1
            """;

    private final Session session;

    ServerReader(Session session) {
        this.session = session;
    }

    ServerFacts facts() {
        Map<String, ServerFacts.Setting> settings = new TreeMap<>();
        session.list(
                "read the settings",
                SETTINGS_AS_GIVEN,
                row -> settings.put(row.text("name"), new ServerFacts.Setting(row.text("shown"), row.text("setting"))),
                SETTINGS);
        return session.one(
                "read the server's state",
                SERVER,
                row -> new ServerFacts(
                        row.integer("version"),
                        Platform.of(new HashSet<>(row.texts("platforms"))),
                        row.flag("standby"),
                        row.text("database"),
                        settings,
                        row.integer("slots"),
                        row.integer("senders")),
                Platform.roles());
    }

    List<KnownSlot> slots() {
        return session.list(
                "read the replication slots",
                SLOTS,
                row -> new KnownSlot(
                        row.text("slot_name"), row.flag("logical"), row.flag("failover"), row.flag("active")));
    }

    List<String> hollowEnums() {
        return session.list("read the enum types", HOLLOW_ENUMS, row -> row.text("told"));
    }

    WalRate walRate() {
        return session.one(
                "read how much log is written",
                WAL,
                row -> new WalRate(row.number("bytes"), Duration.ofMillis(row.number("millis"))));
    }
}
