package io.promotionverifier.postgres.preflight.facts;

/**
 * Our role.
 *
 * @param name its name
 * @param superuser true for a superuser
 * @param replication true if it may stream the log: REPLICATION, or a member of {@code rds_replication}
 * @param rds true if the server knows the role {@code rds_replication}
 * @param createOnDatabase true if it may create a publication in the database
 */
public record RoleFacts(String name, boolean superuser, boolean replication, boolean rds, boolean createOnDatabase) {}
