package io.promotionverifier.postgres.engine;

import io.debezium.connector.postgresql.connection.Lsn;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.connection.ReplicationConnection;
import io.debezium.connector.postgresql.connection.ReplicationStream;
import io.debezium.connector.postgresql.connection.WalPositionLocator;
import io.debezium.connector.postgresql.spi.SlotCreationResult;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A replication connection that streams from a slot that exists and never makes one: Debezium would make a missing slot
 * anew and stream from now, without a word, and what was written before would be seen by nobody
 * ({@code PostgresConnectorTask.tryToCreateSlot} of 3.6.1). Confined to Debezium's threads, as what it wraps.
 */
final class ExistingSlotConnection implements ReplicationConnection {
    private static final String UNDEFINED_OBJECT = "42704";

    private final ReplicationConnection connection;
    private final PostgresConnection catalog;
    private final String slot;
    private final String plugin;

    ExistingSlotConnection(ReplicationConnection connection, PostgresConnection catalog, String slot, String plugin) {
        this.connection = connection;
        this.catalog = catalog;
        this.slot = slot;
        this.plugin = plugin;
    }

    private void requireSlot() throws SQLException {
        if (catalog.getReplicationSlotState(slot, plugin) == null) {
            throw missing();
        }
    }

    private SQLException missing() {
        return new SQLException("replication slot \"" + slot + "\" does not exist", UNDEFINED_OBJECT);
    }

    @Override
    public ReplicationStream startStreaming(WalPositionLocator positions) throws SQLException, InterruptedException {
        requireSlot();
        return connection.startStreaming(positions);
    }

    @Override
    public ReplicationStream startStreaming(Lsn from, WalPositionLocator positions)
            throws SQLException, InterruptedException {
        requireSlot();
        return connection.startStreaming(from, positions);
    }

    @Override
    public Optional<SlotCreationResult> createReplicationSlot() throws SQLException {
        throw missing();
    }

    @Override
    public void initConnection() throws SQLException, InterruptedException {
        requireSlot();
        connection.initConnection();
    }

    @Override
    public boolean isConnected() throws SQLException {
        return connection.isConnected();
    }

    @Override
    public void reconnect() throws SQLException {
        requireSlot();
        connection.reconnect();
    }

    @Override
    public void close() throws SQLException {
        try {
            connection.close();
        } catch (SQLException | RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while closing the stream", e);
        } catch (Exception e) {
            throw new SQLException("the stream was not closed", e);
        }
    }
}
