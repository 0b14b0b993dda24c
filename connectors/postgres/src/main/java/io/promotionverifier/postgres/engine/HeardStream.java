package io.promotionverifier.postgres.engine;

import io.debezium.connector.postgresql.connection.Lsn;
import io.debezium.connector.postgresql.connection.ReplicationStream;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A stream that tells of each message that it hands on, and is looked at seldom while none comes. Confined to
 * Debezium's threads, as what it wraps.
 */
final class HeardStream implements ReplicationStream {
    private final ReplicationStream stream;
    private final News news;
    private final Lull lull = new Lull(System::nanoTime);

    HeardStream(ReplicationStream stream, News news) {
        this.stream = stream;
        this.news = news;
    }

    @Override
    public void read(ReplicationMessageProcessor processor) throws SQLException, InterruptedException {
        stream.read(processor);
        heard();
    }

    @Override
    public boolean readPending(ReplicationMessageProcessor processor) throws SQLException, InterruptedException {
        boolean read = stream.readPending(processor);
        if (read) {
            heard();
        } else {
            TimeUnit.NANOSECONDS.sleep(lull.nanos());
        }
        return read;
    }

    private void heard() {
        lull.ends();
        news.heard();
    }

    @Override
    public void flushLsn(Lsn lsn) throws SQLException {
        stream.flushLsn(lsn);
    }

    @Override
    public Lsn lastReceivedLsn() {
        return stream.lastReceivedLsn();
    }

    @Override
    public Lsn startLsn() {
        return stream.startLsn();
    }

    @Override
    public void startKeepAlive(ExecutorService service) {
        stream.startKeepAlive(service);
    }

    @Override
    public void stopKeepAlive() {
        stream.stopKeepAlive();
    }

    @Override
    public void close() throws SQLException {
        ExistingSlotConnection.close(stream);
    }
}
