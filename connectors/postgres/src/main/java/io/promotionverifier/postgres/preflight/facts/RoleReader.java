package io.promotionverifier.postgres.preflight.facts;

import io.promotionverifier.postgres.access.Session;
import java.util.List;

/** Reads what our role may do. Needs no privilege. */
final class RoleReader {
    private static final String ROLE = """
            SELECT r.rolname, r.rolsuper,
                   EXISTS (SELECT FROM pg_roles WHERE rolname = 'rds_replication') AS rds,
                   r.rolsuper OR r.rolreplication OR EXISTS (SELECT FROM pg_roles m WHERE m.rolname = 'rds_replication'
                        AND pg_has_role(r.oid, m.oid, 'MEMBER')) AS replication,
                   has_database_privilege(current_database(), 'CREATE') AS creates,
                   r.rolconnlimit,
                   (SELECT count(*) FROM pg_stat_activity a WHERE a.usesysid = r.oid)::int AS connections,
                   ARRAY(SELECT p.oid::regprocedure::text FROM pg_proc p
                         WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.proname = ANY (?::text[])
                           AND NOT has_function_privilege(p.oid, 'EXECUTE') ORDER BY 1) AS lacking
            FROM pg_roles r WHERE r.rolname = current_user
            """;

    /** What we call that a DBA may have taken from PUBLIC. */
    private static final List<String> FUNCTIONS = List.of(
            "pg_logical_emit_message",
            "pg_control_system",
            "pg_walfile_name",
            "pg_current_wal_lsn",
            "pg_wal_lsn_diff",
            "pg_create_logical_replication_slot",
            "pg_drop_replication_slot",
            "pg_terminate_backend",
            "pg_try_advisory_lock");

    private final Session session;

    RoleReader(Session session) {
        this.session = session;
    }

    RoleFacts facts() {
        return session.one(
                "read our role",
                ROLE,
                row -> new RoleFacts(
                        row.text("rolname"),
                        row.flag("rolsuper"),
                        row.flag("replication"),
                        row.flag("rds"),
                        row.flag("creates"),
                        row.integer("rolconnlimit"),
                        row.integer("connections"),
                        row.texts("lacking")),
                FUNCTIONS);
    }
}
