package io.promotionverifier.sandbox.server;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** An embedded PostgreSQL and an embedded Kafka, started and stopped together by one thread. */
public final class Sandbox implements TestEnvironment {
    private final EmbeddedPostgres postgres;
    private final EmbeddedKafka kafka;

    private Sandbox(EmbeddedPostgres postgres, EmbeddedKafka kafka) {
        this.postgres = postgres;
        this.kafka = kafka;
    }

    /** Starts both on free ports, keeping their data in {@code postgres} and {@code kafka} below the folder. */
    public static Sandbox start(Path folder) {
        return start(PostgresOptions.in(folder.resolve("postgres")), KafkaOptions.in(folder.resolve("kafka")));
    }

    /** Starts both on free ports in temporary folders that go at close. */
    public static Sandbox startTemporary() {
        return start(PostgresOptions.temporary(), KafkaOptions.temporary());
    }

    /**
     * Starts both at once; if one fails the other is stopped again.
     *
     * @throws SandboxException as {@link EmbeddedPostgres#start} and {@link EmbeddedKafka#start} do
     */
    public static Sandbox start(PostgresOptions postgresOptions, KafkaOptions kafkaOptions) {
        CompletableFuture<EmbeddedKafka> kafka = CompletableFuture.supplyAsync(() -> EmbeddedKafka.start(kafkaOptions));
        EmbeddedPostgres postgres;
        try {
            postgres = EmbeddedPostgres.start(postgresOptions);
        } catch (SandboxException failure) {
            kafka.thenAccept(EmbeddedKafka::close)
                    .exceptionally(also -> suppressed(failure, also))
                    .join();
            throw failure;
        }
        try {
            return new Sandbox(postgres, kafka.join());
        } catch (CompletionException failure) {
            postgres.close();
            throw failure.getCause() instanceof SandboxException known ? known : failure;
        }
    }

    private static @Nullable Void suppressed(SandboxException failure, Throwable also) {
        failure.addSuppressed(also);
        return null;
    }

    /** The PostgreSQL half. */
    public EmbeddedPostgres postgres() {
        return postgres;
    }

    /** The Kafka half. */
    public EmbeddedKafka kafka() {
        return kafka;
    }

    @Override
    public String bootstrap() {
        return kafka.bootstrap();
    }

    @Override
    public String jdbcUrl(String database) {
        return postgres.jdbcUrl(database);
    }

    @Override
    public String user() {
        return postgres.user();
    }

    @Override
    public String password() {
        return postgres.password();
    }

    /** Stops PostgreSQL, then Kafka; both are stopped even if one refuses. */
    @Override
    public void close() {
        try (kafka) {
            postgres.close();
        }
    }
}
