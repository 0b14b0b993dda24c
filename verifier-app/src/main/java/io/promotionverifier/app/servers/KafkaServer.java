package io.promotionverifier.app.servers;

import io.promotionverifier.app.config.ServerAddress;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.sandbox.server.EmbeddedKafka;
import io.promotionverifier.sandbox.server.KafkaOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The Kafka cluster: somebody's, or an embedded broker of ours that ends with this object.
 *
 * @param bootstrap its bootstrap servers
 * @param client properties for every client
 * @param owned the embedded broker, if this process started it
 */
public record KafkaServer(String bootstrap, Map<String, String> client, Optional<EmbeddedKafka> owned)
        implements AutoCloseable {
    public KafkaServer {
        client = Map.copyOf(client);
    }

    /** The broker that a configuration names; an embedded one is visited where it runs, else started. */
    public static KafkaServer visit(VerifierConfig config) {
        if (config.kafka().server() instanceof ServerAddress.Embedded) {
            Optional<String> running = EmbeddedKafka.runningIn(folder(config));
            if (running.isPresent()) {
                return new KafkaServer(running.get(), config.kafka().client().properties(), Optional.empty());
            }
        }
        return own(config);
    }

    /**
     * The broker that a configuration names, for as long as a daemon runs: an embedded one is started by this process.
     *
     * @throws io.promotionverifier.sandbox.server.FolderInUseException if another living process started it
     */
    public static KafkaServer own(VerifierConfig config) {
        Map<String, String> client = config.kafka().client().properties();
        if (config.kafka().server() instanceof ServerAddress.External external) {
            return new KafkaServer(external.address(), client, Optional.empty());
        }
        EmbeddedKafka started =
                EmbeddedKafka.start(KafkaOptions.in(folder(config)).withPort(KafkaOptions.PRODUCT_PORT));
        return new KafkaServer(started.bootstrap(), client, Optional.of(started));
    }

    /**
     * Starts an embedded broker again that died, on its port; does nothing for one that lives and for somebody's.
     *
     * @throws io.promotionverifier.sandbox.server.SandboxException if it does not come up; trying again may help
     */
    public void revive() {
        owned.filter(broker -> ProcessHandle.of(broker.pid()).isEmpty()).ifPresent(EmbeddedKafka::restart);
    }

    private static Path folder(VerifierConfig config) {
        return config.data().resolve("kafka");
    }

    @Override
    public void close() {
        owned.ifPresent(EmbeddedKafka::close);
    }
}
