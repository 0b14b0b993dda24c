package io.promotionverifier.postgres.preflight.facts;

import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.catalog.CatalogReader;
import io.promotionverifier.postgres.slot.CaptureRequest;
import io.promotionverifier.postgres.slot.SlotReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the facts of preflight. Changes nothing. Confined to the session's thread. */
public final class FactsReader {
    private static final List<String> SETTINGS = List.of(
            "wal_level",
            "max_replication_slots",
            "max_wal_senders",
            "max_slot_wal_keep_size",
            "idle_replication_slot_timeout");

    private static final String SERVER = """
            SELECT current_setting('server_version_num')::int AS version, pg_is_in_recovery() AS standby,
                   current_database() AS database,
                   (SELECT count(*) FROM pg_replication_slots) AS slots,
                   (SELECT count(*) FROM pg_stat_replication) AS senders
            """;

    private static final String ROLE = """
            SELECT r.rolname, r.rolsuper,
                   EXISTS (SELECT FROM pg_roles WHERE rolname = 'rds_replication') AS rds,
                   r.rolsuper OR r.rolreplication OR EXISTS (SELECT FROM pg_roles m WHERE m.rolname = 'rds_replication'
                        AND pg_has_role(r.oid, m.oid, 'MEMBER')) AS replication,
                   has_database_privilege(current_database(), 'CREATE') AS creates
            FROM pg_roles r WHERE r.rolname = current_user
            """;

    private final Session session;

    public FactsReader(Session session) {
        this.session = session;
    }

    /**
     * Asks everything; what a missing privilege hides is hidden in its fact.
     *
     * @throws io.promotionverifier.postgres.access.SourceUnreachableException if the connection breaks
     */
    public PreflightFacts read(CaptureRequest request) {
        CatalogReader catalog = new CatalogReader(session);
        return new PreflightFacts(
                request,
                Fact.ask(this::server),
                Fact.ask(this::role),
                Fact.ask(() -> catalog.tables(CatalogReader.namesOf(request.promotions()))),
                Fact.ask(() -> catalog.publication(request.publication())),
                Fact.ask(() -> new SlotReader(session).read(request.slot())));
    }

    private ServerFacts server() {
        Map<String, String> settings = new TreeMap<>();
        session.list(
                "read the settings",
                "SELECT name, current_setting(name) AS value FROM pg_settings WHERE name = ANY (?::text[])",
                row -> settings.put(row.text("name"), row.text("value")),
                SETTINGS);
        return session.one(
                "read the server's state",
                SERVER,
                row -> new ServerFacts(
                        row.integer("version"),
                        row.flag("standby"),
                        row.text("database"),
                        settings,
                        row.integer("slots"),
                        row.integer("senders")));
    }

    private RoleFacts role() {
        return session.one(
                "read our role",
                ROLE,
                row -> new RoleFacts(
                        row.text("rolname"),
                        row.flag("rolsuper"),
                        row.flag("replication"),
                        row.flag("rds"),
                        row.flag("creates")));
    }
}
