package io.promotionverifier.postgres.engine;

import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresConnectorTask;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.connection.ReplicationConnection;
import java.sql.SQLException;

/**
 * Debezium's task, streaming with {@link TextTypes}. Everything else about the stream is as Debezium sets it up; see
 * {@code PostgresConnectorTask.buildReplicationConnection} of 3.6.1. Created by Debezium by its name.
 */
public final class TextConnectorTask extends PostgresConnectorTask {
    /** For Debezium. */
    public TextConnectorTask() {}

    @Override
    protected ReplicationConnection buildReplicationConnection(
            PostgresConnection connection, PostgresSchema schema, PostgresConnectorConfig settings)
            throws SQLException {
        return ReplicationConnection.builder(settings)
                .withSlot(settings.slotName())
                .withPublication(settings.publicationName())
                .withTableFilter(settings.getTableFilters())
                .withPublicationAutocreateMode(settings.publicationAutocreateMode())
                .withPlugin(settings.plugin())
                .dropSlotOnClose(false)
                .createFailOverSlot(settings.createFailOverSlot())
                .streamParams(settings.streamParams())
                .statusUpdateInterval(settings.statusUpdateInterval())
                .withTypeRegistry(new TextTypes(connection))
                .withSchema(schema)
                .jdbcMetadataConnection(connection)
                .build();
    }
}
