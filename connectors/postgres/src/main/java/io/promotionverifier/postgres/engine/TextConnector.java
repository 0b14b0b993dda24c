package io.promotionverifier.postgres.engine;

import io.debezium.connector.postgresql.PostgresConnector;
import org.apache.kafka.connect.connector.Task;

/** Debezium's connector with a task that leaves the text of some types alone. Created by Debezium by its name. */
public final class TextConnector extends PostgresConnector {
    /** For Debezium. */
    public TextConnector() {}

    @Override
    public Class<? extends Task> taskClass() {
        return TextConnectorTask.class;
    }
}
