package io.promotionverifier.postgres.engine;

import io.debezium.connector.postgresql.connection.Lsn;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.connection.ReplicationConnection;
import io.debezium.connector.postgresql.connection.ReplicationStream;
import io.debezium.connector.postgresql.connection.WalPositionLocator;
import io.debezium.connector.postgresql.spi.SlotCreationResult;
import io.debezium.connector.postgresql.spi.SlotState;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A replication connection that streams from a slot that exists, from where it stood when it was looked at.
 *
 * <p>It never makes a slot: Debezium would make a missing one anew and stream from now, without a word, and what was
 * written before would be seen by nobody ({@code PostgresConnectorTask.tryToCreateSlot} of 3.6.1). Debezium asks the
 * slot again where to start, and a server that crashed in between may have taken it back, because a confirmed position
 * is written to disk with the next checkpoint only: the caller, who knows which transactions come again by the position
 * that it saw, would count those before it twice. The server sends nothing that committed before the position asked for
 * (<a href="https://www.postgresql.org/docs/current/protocol-replication.html">START_REPLICATION</a>).
 *
 * <p>Confined to Debezium's threads, as what it wraps.
 */
final class ExistingSlotConnection implements ReplicationConnection {
    private static final String UNDEFINED_OBJECT = "42704";

    private final ReplicationConnection connection;
    private final PostgresConnection catalog;
    private final String slot;
    private final String plugin;
    private final Lsn start;
    private final News news;

    ExistingSlotConnection(
            ReplicationConnection connection,
            PostgresConnection catalog,
            String slot,
            String plugin,
            Lsn start,
            News news) {
        this.start = start;
        this.connection = connection;
        this.catalog = catalog;
        this.slot = slot;
        this.plugin = plugin;
        this.news = news;
    }

    private void requireSlot() throws SQLException {
        SlotState state = catalog.getReplicationSlotState(slot, plugin);
        if (state == null) {
            throw missing();
        }
        if (start.isValid() && state.slotLastFlushedLsn().compareTo(start) > 0) {
            throw new SQLException("replication slot \"" + slot + "\" stood at " + start.asString()
                    + " and has been advanced to " + state.slotLastFlushedLsn().asString() + " since");
        }
    }

    private SQLException missing() {
        return new SQLException("replication slot \"" + slot + "\" does not exist", UNDEFINED_OBJECT);
    }

    @Override
    public ReplicationStream startStreaming(WalPositionLocator positions) throws SQLException, InterruptedException {
        return startStreaming(start, positions);
    }

    @Override
    public ReplicationStream startStreaming(Lsn from, WalPositionLocator positions)
            throws SQLException, InterruptedException {
        requireSlot();
        return new HeardStream(connection.startStreaming(from, positions), news);
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
        close(connection);
    }

    static void close(AutoCloseable what) throws SQLException {
        try {
            what.close();
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
