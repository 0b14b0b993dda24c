package io.promotionverifier.sandbox.containers;

import io.promotionverifier.sandbox.server.SandboxException;
import io.promotionverifier.sandbox.server.TestEnvironment;
import io.promotionverifier.sandbox.server.TestEnvironmentFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Starts the {@code containers} environment, or fails where no Docker engine answers. */
public final class ContainersFactory implements TestEnvironmentFactory {
    static final String POSTGRES_IMAGE = "postgres:17.11";
    static final String KAFKA_IMAGE = "apache/kafka:4.2.1";

    @Override
    public String name() {
        return "containers";
    }

    @Override
    public TestEnvironment start() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new SandboxException("No Docker engine answers here, so the tests cannot run on containers."
                    + " Start one, or run them on the embedded servers (without -Pcontainers).");
        }
        PostgreSQLContainer postgres = new PostgreSQLContainer(POSTGRES_IMAGE)
                .withCommand(
                        "postgres",
                        "-c",
                        "wal_level=logical",
                        "-c",
                        "max_wal_senders=20",
                        "-c",
                        "timezone=UTC",
                        "-c",
                        "max_replication_slots=20");
        KafkaContainer kafka = new KafkaContainer(KAFKA_IMAGE).withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
        Startables.deepStart(postgres, kafka).join();
        return new Containers(postgres, kafka);
    }

    /** The two running containers. */
    private record Containers(PostgreSQLContainer postgres, KafkaContainer kafka) implements TestEnvironment {
        @Override
        public String bootstrap() {
            return kafka.getBootstrapServers();
        }

        @Override
        public String jdbcUrl(String database) {
            return "jdbc:postgresql://" + postgres.getHost() + ":" + postgres.getFirstMappedPort() + "/" + database;
        }

        @Override
        public String user() {
            return postgres.getUsername();
        }

        @Override
        public String password() {
            return postgres.getPassword();
        }

        @Override
        public void close() {
            postgres.stop();
            kafka.stop();
        }
    }
}
