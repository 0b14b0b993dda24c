package io.promotionverifier.app.config;

import io.promotionverifier.app.config.form.Forms;
import io.promotionverifier.app.config.form.Key;
import io.promotionverifier.app.config.form.PassThrough;
import io.promotionverifier.app.config.form.PassThroughForm;
import io.promotionverifier.app.config.form.Quantities;
import io.promotionverifier.app.config.form.Section;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The keys of {@code kafka}. */
final class KafkaKeys {
    /** What exactly-once stands on. */
    private static final Set<String> OWNED = Set.of(
            "bootstrap.servers",
            "acks",
            "enable.idempotence",
            "transactional.id",
            "transaction.timeout.ms",
            "max.in.flight.requests.per.connection",
            "isolation.level",
            "enable.auto.commit",
            "auto.offset.reset",
            "allow.auto.create.topics",
            "group.",
            "key.",
            "value.",
            "partitioner.",
            "interceptor.");

    private static final String HOST_AND_PORT = "(?:\\[[0-9A-Fa-f:.]+]|[^\\s,:/\\[\\]]+):\\d{1,5}";

    static final Key<Boolean> HISTORY_ENABLED =
            Key.defaulted("enabled", Forms.truth(), "true", "Whether row changes are recorded for replay.");
    static final Key<Duration> HISTORY_RETENTION = Key.defaulted(
            "retention",
            Quantities.duration("1h", "3650d"),
            "45d",
            "How long they are kept; longer than the window, or replay cannot reach its start.");
    static final Section<KafkaConfig.History> HISTORY = Section.of(
            List.of(HISTORY_ENABLED, HISTORY_RETENTION),
            values -> new KafkaConfig.History(values.get(HISTORY_ENABLED), values.get(HISTORY_RETENTION)));

    static final Key<String> BOOTSTRAP = Key.required(
            "bootstrap",
            Forms.text("host:port, or embedded", "embedded|" + HOST_AND_PORT + "(?:,\\s*" + HOST_AND_PORT + ")*"),
            "`host:port`, several separated by commas, or `embedded` for a broker process of the verifier's own"
                    + " (127.0.0.1:19092).");
    static final Key<String> PREFIX = Key.defaulted(
            "prefix",
            Forms.text("a topic prefix", "[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}"),
            "verifier",
            "What the names of the topics start with.");
    static final Key<PassThrough> CLIENT = Key.defaulted(
            "client",
            new PassThroughForm("the Kafka clients", OWNED),
            "{}",
            "Passed through to the Kafka clients (TLS, SASL); keys that the verifier owns are refused.");
    static final Key<KafkaConfig.History> RECORDED = Key.section("history", HISTORY, "The recorded row changes.");

    static final Section<KafkaConfig> SECTION = Section.of(
            List.of(BOOTSTRAP, PREFIX, CLIENT, RECORDED),
            values -> new KafkaConfig(
                    ServerAddress.of(values.get(BOOTSTRAP)),
                    values.get(PREFIX),
                    values.get(CLIENT),
                    values.get(RECORDED)));

    private KafkaKeys() {}
}
