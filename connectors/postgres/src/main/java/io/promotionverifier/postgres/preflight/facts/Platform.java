package io.promotionverifier.postgres.preflight.facts;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Who runs the server, told by the roles that exist: a managed one refuses {@code ALTER SYSTEM} and has another way.
 */
public enum Platform {
    /** Amazon RDS and Aurora. */
    RDS("rds_superuser", "the DB parameter group (docs/managed-services.md)", "rds.logical_replication = 1"),
    /** Google Cloud SQL. */
    CLOUD_SQL("cloudsqlsuperuser", "the instance's flags (docs/managed-services.md)", "cloudsql.logical_decoding = on"),
    /** Azure Database for PostgreSQL. */
    AZURE("azure_pg_admin", "the server parameters (docs/managed-services.md)", "wal_level = logical"),
    /** Neon. */
    NEON("neon_superuser", "the project's settings (docs/managed-services.md)", "logical replication = enabled"),
    /** Supabase. */
    SUPABASE("supabase_admin", "supabase postgres-config (docs/managed-services.md)", "wal_level = logical"),
    /** A server of one's own. */
    OWN("", "", "wal_level = logical");

    private final String role;
    private final String place;
    private final String logicalDecoding;

    Platform(String role, String place, String logicalDecoding) {
        this.role = role;
        this.place = place;
        this.logicalDecoding = logicalDecoding;
    }

    /** The roles whose existence tells platforms apart. */
    static List<String> roles() {
        return Arrays.stream(values())
                .map(platform -> platform.role)
                .filter(role -> !role.isEmpty())
                .toList();
    }

    static Platform of(Set<String> existing) {
        return Arrays.stream(values())
                .filter(platform -> existing.contains(platform.role))
                .findFirst()
                .orElse(OWN);
    }

    /** Where its settings are changed, for people; empty for a server of one's own, which takes SQL. */
    public String place() {
        return place;
    }

    /** What turns logical decoding on there, for people. */
    public String logicalDecoding() {
        return logicalDecoding;
    }
}
