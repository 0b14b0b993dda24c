package io.promotionverifier.postgres.engine;

import io.debezium.annotation.ConnectorSpecific;
import io.debezium.config.CommonConnectorConfig;
import io.debezium.pipeline.ChangeEventSourceCoordinator;
import io.debezium.pipeline.EventDispatcher;
import io.debezium.pipeline.signal.actions.SignalAction;
import io.debezium.pipeline.signal.actions.SignalActionProvider;
import io.debezium.pipeline.source.spi.DataChangeEventListener;
import io.debezium.pipeline.spi.Partition;
import io.debezium.spi.schema.DataCollectionId;
import java.util.Map;

/**
 * Takes Debezium's own meter off the stream of our connector: for each event it prints the key and the position, for a
 * JMX attribute that nobody reads, and no setting turns it off; see ADR 0027. Debezium asks each provider of <a
 * href="https://debezium.io/documentation/reference/stable/configuration/signalling.html">custom signals</a> once,
 * after it has put the meter on and before it reads. Called by Debezium's streaming thread.
 */
@ConnectorSpecific(connector = TextConnector.class)
public final class UnmeteredStream implements SignalActionProvider {
    /** For the service loader. */
    public UnmeteredStream() {}

    @Override
    public <P extends Partition> Map<String, SignalAction<P>> createActions(
            EventDispatcher<P, ? extends DataCollectionId> dispatcher,
            ChangeEventSourceCoordinator<P, ?> coordinator,
            CommonConnectorConfig config) {
        dispatcher.setEventListener(DataChangeEventListener.NO_OP());
        return Map.of();
    }
}
