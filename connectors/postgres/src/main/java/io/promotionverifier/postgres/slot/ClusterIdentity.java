package io.promotionverifier.postgres.slot;

import io.promotionverifier.postgres.access.Session;

/**
 * Which cluster this is: positions of another one, or of another timeline, mean nothing here.
 *
 * @param systemIdentifier the cluster's identifier, given at initdb: decimal, up to 20 digits
 * @param timeline the timeline that the server writes; another one after a failover or a restore
 * @param database the database's name
 * @param version {@code server_version_num}: 150018 for 15.18
 */
public record ClusterIdentity(String systemIdentifier, int timeline, String database, int version) {
    /**
     * The timeline comes from the name of the file being written: the control file knows it only after a checkpoint.
     */
    private static final String IDENTITY = """
            SELECT (SELECT system_identifier::text FROM pg_control_system()) AS system_identifier,
                   ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int AS timeline,
                   current_database() AS database,
                   current_setting('server_version_num')::int AS version
            """;

    /**
     * Asks the server.
     *
     * @throws io.promotionverifier.postgres.access.SourceException also when the server is a standby
     */
    public static ClusterIdentity read(Session session) {
        return session.one(
                "read the identity of the cluster",
                IDENTITY,
                row -> new ClusterIdentity(
                        row.text("system_identifier"),
                        row.integer("timeline"),
                        row.text("database"),
                        row.integer("version")));
    }

    /** The major version: 15 for 15.18. */
    public int major() {
        return version / 10000;
    }
}
