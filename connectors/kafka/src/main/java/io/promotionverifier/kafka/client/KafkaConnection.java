package io.promotionverifier.kafka.client;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Where Kafka is and how we speak to it. Immutable; the clients it makes belong to the caller.
 *
 * <p>Settings that carry a guarantee win over {@code client}, those that only tune yield to it. A request is given up
 * after {@value #PATIENCE_MILLIS} ms, so that a wrong address is known within ten seconds.
 *
 * @param bootstrap {@code host:port}, several with commas
 * @param prefix the first part of all topic names
 * @param client settings handed to every client (TLS, SASL); may hold secrets, never printed
 */
public record KafkaConnection(String bootstrap, String prefix, Map<String, String> client) {
    private static final int PATIENCE_MILLIS = 8_000;
    private static final int FETCH_BYTES = 4 << 20;
    private static final int FETCH_MILLIS = 20;
    private static final int POLL_RECORDS = 500;

    public KafkaConnection {
        client = Map.copyOf(client);
    }

    /**
     * Brings up what every client needs and nobody else: its logging, its settings, the JVM's management beans. A
     * command that has something else to do first lets another thread do this meanwhile.
     */
    public static void bringUp() {
        ConsumerConfig.configNames();
        ManagementFactory.getPlatformMBeanServer();
    }

    /**
     * A client for topics and offsets.
     *
     * @throws ClientSettingsException if the settings are refused
     * @throws BrokerUnreachableException if the address does not resolve
     */
    public Admin admin() {
        try {
            return Admin.create(settings(Map.of(), Map.of()));
        } catch (KafkaException refused) {
            throw BrokerFailures.of("create an admin client", bootstrap, refused);
        }
    }

    /**
     * A producer of text keys and raw values.
     *
     * @param tuning what {@code client} may change
     * @param guarantees what it may not
     * @throws ClientSettingsException if the settings are refused
     * @throws BrokerUnreachableException if the address does not resolve
     */
    public KafkaProducer<String, byte[]> producer(Map<String, Object> tuning, Map<String, Object> guarantees) {
        try {
            return new KafkaProducer<>(settings(tuning, guarantees), new StringSerializer(), new ByteArraySerializer());
        } catch (KafkaException refused) {
            throw BrokerFailures.of("create a producer", bootstrap, refused);
        }
    }

    /**
     * A consumer without group that sees committed records only and creates no topic by asking for it.
     *
     * @throws ClientSettingsException if the settings are refused
     * @throws BrokerUnreachableException if the address does not resolve
     */
    public KafkaConsumer<String, byte[]> consumer() {
        return consumer(Map.of(), "earliest");
    }

    /**
     * The same for who must not miss a record: it fails when its place is no longer there, where another would go on
     * behind the hole and say nothing.
     */
    public KafkaConsumer<String, byte[]> unmovedConsumer() {
        return consumer(Map.of(), "none");
    }

    /**
     * The same for who reads up to an end that is known: few large fetches, and none that waits for more, which would
     * keep {@code close} waiting too. Holds some {@value #FETCH_BYTES} bytes more.
     */
    public KafkaConsumer<String, byte[]> scanner() {
        return consumer(
                Map.of(
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS,
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_MILLIS,
                        ConsumerConfig.RECEIVE_BUFFER_CONFIG, FETCH_BYTES),
                "earliest");
    }

    private KafkaConsumer<String, byte[]> consumer(Map<String, Object> tuning, String reset) {
        Map<String, Object> guarantees = Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, reset,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        try {
            return new KafkaConsumer<>(
                    settings(tuning, guarantees), new StringDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException refused) {
            throw BrokerFailures.of("create a consumer", bootstrap, refused);
        }
    }

    private Map<String, Object> settings(Map<String, Object> tuning, Map<String, Object> guarantees) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2);
        settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2);
        settings.put(
                CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, ""); // JMX costs each client 60 ms of its start
        settings.putAll(tuning);
        settings.putAll(client);
        settings.putAll(guarantees);
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        return settings;
    }

    @Override
    public String toString() {
        return bootstrap + " (prefix " + prefix + ")";
    }
}
