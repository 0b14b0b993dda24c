package io.promotionverifier.app.command;

import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.app.servers.KafkaServer;
import io.promotionverifier.kafka.client.KafkaConnection;

/** How commands speak to Kafka. */
final class Connections {
    private Connections() {}

    static KafkaConnection of(VerifierConfig config, KafkaServer kafka) {
        return new KafkaConnection(kafka.bootstrap(), config.kafka().prefix(), kafka.client());
    }
}
