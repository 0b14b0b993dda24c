package io.promotionverifier.postgres.engine;

import io.debezium.config.Configuration;
import io.debezium.connector.common.CdcSourceTaskContext;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresConnectorTask;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.connection.Lsn;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.connection.ReplicationConnection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Debezium's task, streaming with {@link TextTypes} and only from a slot that exists. Everything else about the stream
 * is as Debezium sets it up for the properties that we fix; see
 * {@code PostgresConnectorTask.buildReplicationConnection} of 3.6.1. Created by Debezium by its name.
 */
public final class TextConnectorTask extends PostgresConnectorTask {
    /** Our property for the position from which to stream. */
    static final String START = "capture.start.lsn";

    private static final String STATUS_INTERVAL = "status.update.interval.ms";

    private final News news = new News();
    private Lsn start = Lsn.INVALID_LSN;
    private Duration statusInterval = Duration.ofSeconds(10);

    /** For Debezium. */
    public TextConnectorTask() {}

    @Override
    public CdcSourceTaskContext<PostgresConnectorConfig> preStart(Configuration config) {
        statusInterval = Duration.ofMillis(config.getLong(STATUS_INTERVAL));
        start = Lsn.valueOf(config.getLong(START));
        return super.preStart(config);
    }

    @Override
    public List<SourceRecord> doPoll() throws InterruptedException {
        news.await();
        return WholeBatch.of(super.doPoll());
    }

    @Override
    protected ReplicationConnection buildReplicationConnection(
            PostgresConnection connection, PostgresSchema schema, PostgresConnectorConfig settings)
            throws SQLException {
        ReplicationConnection streaming = ReplicationConnection.builder(settings)
                .withSlot(settings.slotName())
                .withPublication(settings.publicationName())
                .withTableFilter(settings.getTableFilters())
                .withPublicationAutocreateMode(PostgresConnectorConfig.AutoCreateMode.DISABLED)
                .withPlugin(settings.plugin())
                .dropSlotOnClose(false)
                .createFailOverSlot(false)
                .statusUpdateInterval(statusInterval)
                .withTypeRegistry(new TextTypes(connection))
                .withSchema(schema)
                .jdbcMetadataConnection(connection)
                .build();
        return new ExistingSlotConnection(
                streaming, connection, settings.slotName(), settings.plugin().getPostgresPluginName(), start, news);
    }
}
