package io.promotionverifier.app.config;

import io.promotionverifier.app.config.form.PassThrough;
import java.time.Duration;

/**
 * Where results go.
 *
 * @param server bootstrap servers, or embedded
 * @param prefix what the topics' names start with
 * @param client properties handed to every Kafka client; none of the verifier's own
 * @param history the recorded row changes
 */
public record KafkaConfig(ServerAddress server, String prefix, PassThrough client, History history) {
    /**
     * The recorded row changes.
     *
     * @param enabled whether they are recorded
     * @param retention how long they are kept
     */
    public record History(boolean enabled, Duration retention) {}
}
