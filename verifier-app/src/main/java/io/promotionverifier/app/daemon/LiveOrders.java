package io.promotionverifier.app.daemon;

import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.app.http.OrderDesk;
import io.promotionverifier.app.http.UnavailableException;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.client.KafkaConnectorException;
import io.promotionverifier.kafka.command.CommandWriter;
import io.promotionverifier.kafka.command.Order;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Orders go through Kafka, as those of the command line do: each acts once. Safe for use by many threads. */
final class LiveOrders implements OrderDesk {
    private static final Logger LOG = LoggerFactory.getLogger(LiveOrders.class);

    private final VerifierConfig config;
    private final CommandWriter writer;

    LiveOrders(VerifierConfig config, KafkaConnection connection) {
        this.config = config;
        this.writer = new CommandWriter(connection);
    }

    @Override
    public boolean knows(String promotion) {
        return config.promotions().stream().anyMatch(known -> known.id().value().equals(promotion));
    }

    @Override
    public long send(Order order) {
        try {
            long number = writer.send(order);
            LOG.info("{} of {} was ordered over HTTP by {}", order.kind(), order.promotion(), order.by());
            return number;
        } catch (KafkaConnectorException e) {
            throw new UnavailableException(String.valueOf(e.getMessage()), e);
        }
    }
}
