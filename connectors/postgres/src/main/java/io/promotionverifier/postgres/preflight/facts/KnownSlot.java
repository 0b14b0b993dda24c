package io.promotionverifier.postgres.preflight.facts;

/**
 * A replication slot of the server, whoever uses it.
 *
 * @param name its name
 * @param logical false for a standby's
 * @param failover true if standbys keep a copy (PostgreSQL 17 and newer)
 * @param active true if somebody streams from it
 */
public record KnownSlot(String name, boolean logical, boolean failover, boolean active) {}
