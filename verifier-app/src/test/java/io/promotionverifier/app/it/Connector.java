package io.promotionverifier.app.it;

import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.Header;
import io.debezium.engine.format.Json;
import io.debezium.engine.format.KeyValueHeaderChangeEventFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A Debezium connector as Kafka Connect runs one: the real engine, Connect's JSON converters, one producer, offsets in
 * a file.
 */
final class Connector implements AutoCloseable {
    private final Installation verifier;
    private final Map<String, String> properties;
    private final Path offsets;
    private final KafkaProducer<String, String> producer;
    private volatile boolean remembering = true;
    private DebeziumEngine<ChangeEvent<String, String>> engine;
    private CompletableFuture<Void> end;

    Connector(Installation verifier, Path folder) {
        this.verifier = verifier;
        this.properties = properties(verifier);
        this.offsets = folder.resolve("connector-offsets");
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", verifier.bootstrap(),
                        "acks", "all",
                        "max.in.flight.requests.per.connection", "1"),
                new StringSerializer(),
                new StringSerializer());
        this.end = new CompletableFuture<>();
        this.engine = start();
    }

    /** What a user copies into {@code source.connector}. */
    static Map<String, String> properties(Installation verifier) {
        return Map.of(
                "connector.class", "io.debezium.connector.postgresql.PostgresConnector",
                "plugin.name", "pgoutput",
                "topic.prefix", "cdc-" + verifier.prefix(),
                "slot.name", verifier.source().name(),
                "publication.name", verifier.source().name(),
                "skipped.operations", "none",
                "value.converter.replace.null.with.default", "false");
    }

    /** Makes the topics as an operator would. */
    static void createTopics(Installation verifier, Map<String, Integer> partitions) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", verifier.bootstrap()))) {
            List<NewTopic> topics = partitions.entrySet().stream()
                    .map(topic -> new NewTopic(
                            "cdc-" + verifier.prefix() + "." + topic.getKey(), topic.getValue(), (short) 1))
                    .toList();
            admin.createTopics(topics).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private DebeziumEngine<ChangeEvent<String, String>> start() {
        Properties settings = new Properties();
        settings.putAll(properties);
        String address = verifier.url().substring("jdbc:postgresql://".length());
        settings.setProperty("name", "connect");
        settings.setProperty("database.hostname", address.substring(0, address.indexOf(':')));
        settings.setProperty("database.port", address.substring(address.indexOf(':') + 1, address.indexOf('/')));
        settings.setProperty("database.dbname", verifier.source().name());
        settings.setProperty("database.user", verifier.user());
        settings.setProperty("database.password", verifier.password());
        settings.setProperty("publication.autocreate.mode", "disabled");
        settings.setProperty("snapshot.mode", "no_data");
        settings.setProperty("poll.interval.ms", "20");
        settings.setProperty("slot.retry.delay.ms", "500");
        settings.setProperty("converter.schemas.enable", "false");
        settings.setProperty("offset.storage", "org.apache.kafka.connect.storage.FileOffsetBackingStore");
        settings.setProperty("offset.storage.file.filename", offsets.toString());
        settings.setProperty("offset.flush.interval.ms", "0");
        for (String part : List.of("key", "value", "header")) {
            settings.setProperty(part + ".converter.schemas.enable", "false");
            settings.setProperty(part + ".converter.replace.null.with.default", "false");
        }
        CompletableFuture<Void> ended = new CompletableFuture<>();
        DebeziumEngine<ChangeEvent<String, String>> made = DebeziumEngine.create(
                        KeyValueHeaderChangeEventFormat.of(Json.class, Json.class, Json.class))
                .using(settings)
                .using((success, message, error) -> ended.complete(null))
                .notifying(
                        (List<ChangeEvent<String, String>> events,
                                DebeziumEngine.RecordCommitter<ChangeEvent<String, String>> committer) -> {
                            List<Future<?>> sent = new ArrayList<>();
                            for (ChangeEvent<String, String> event : events) {
                                sent.add(send(event));
                                if (remembering) {
                                    committer.markProcessed(event);
                                }
                            }
                            acknowledged(sent);
                            committer.markBatchFinished();
                        })
                .build();
        end = ended;
        new Thread(made, "connector").start();
        return made;
    }

    private Future<?> send(ChangeEvent<String, String> event) {
        ProducerRecord<String, String> record = new ProducerRecord<>(event.destination(), event.key(), event.value());
        for (Header<String> header : headers(event)) {
            record.headers().add(header.getKey(), bytes(header.getValue()));
        }
        return producer.send(record);
    }

    private static void acknowledged(List<Future<?>> sent) throws InterruptedException {
        try {
            for (Future<?> record : sent) {
                record.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @SuppressWarnings("unchecked") // the engine was built with JSON headers
    private static List<Header<String>> headers(ChangeEvent<String, String> event) {
        return (List<Header<String>>) (List<?>) event.headers();
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    /** From now on nothing that is delivered is remembered, as when the process is killed before it can. */
    void forget() {
        remembering = false;
    }

    /** Ends and begins again from the offsets it remembers. */
    void restart() {
        stop();
        remembering = true;
        engine = start();
    }

    private void stop() {
        try {
            engine.close();
            end.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
        producer.close();
    }
}
