package io.promotionverifier.postgres.preflight.facts;

import java.util.Optional;

/**
 * What lies between us and the server.
 *
 * @param announced the process that was announced when we connected
 * @param serving the process that answers
 * @param shared true if two open connections of ours are served by one process: a pooler hands it around
 * @param refusal why a replication connection was refused; absent if it was answered
 */
public record Route(int announced, int serving, boolean shared, Optional<Refusal> refusal) {
    /**
     * A refused replication connection.
     *
     * @param sqlState the server's, empty if it did not answer
     * @param message what it said
     */
    public record Refusal(String sqlState, String message) {}
}
