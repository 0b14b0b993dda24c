package io.promotionverifier.app.it;

import io.promotionverifier.sandbox.server.EmbeddedKafka;
import io.promotionverifier.sandbox.server.EmbeddedPostgres;
import io.promotionverifier.sandbox.server.KafkaOptions;
import io.promotionverifier.sandbox.server.PostgresOptions;
import io.promotionverifier.sandbox.server.TestEnvironment;

/** Servers of a test's own, as processes that may be killed. The test's thread kills and restarts them. */
final class CrashServers implements TestEnvironment {
    private final EmbeddedPostgres postgres =
            EmbeddedPostgres.start(PostgresOptions.temporary().withSetting("track_commit_timestamp", "on"));
    private final EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.temporary());

    EmbeddedPostgres postgres() {
        return postgres;
    }

    EmbeddedKafka kafka() {
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

    @Override
    public void close() {
        kafka.close();
        postgres.close();
    }
}
