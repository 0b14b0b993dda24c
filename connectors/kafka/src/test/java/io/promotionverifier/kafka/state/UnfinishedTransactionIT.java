package io.promotionverifier.kafka.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promotionverifier.kafka.Broker;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.client.UnfinishedTransactionException;
import io.promotionverifier.kafka.topic.Topic;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Somebody else's open transaction in the state. */
final class UnfinishedTransactionIT {
    @Test
    void aStateThatSomebodyIsWritingIsNotTakenOver() {
        KafkaConnection connection = Broker.withTopics();
        StateReader reader = new StateReader(connection, Duration.ofMillis(300));
        try (KafkaProducer<String, byte[]> foreign =
                Broker.producer(connection, Map.of("transactional.id", connection.prefix() + "-foreign"))) {
            foreign.initTransactions();
            foreign.beginTransaction();
            var unused =
                    foreign.send(new ProducerRecord<>(Topic.STATE.named(connection.prefix()), "row|P|{}", new byte[0]));
            foreign.flush();
            assertThatThrownBy(() -> reader.settled(0))
                    .isInstanceOf(UnfinishedTransactionException.class)
                    .hasMessageContaining("unfinished transaction");
            assertThat(reader.latest()).isEmpty();
            foreign.abortTransaction();
        }
        assertThat(new StateReader(connection).settled(0).state()).isEmpty();
    }
}
