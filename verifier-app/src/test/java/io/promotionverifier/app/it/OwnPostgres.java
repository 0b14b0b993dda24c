package io.promotionverifier.app.it;

import io.promotionverifier.sandbox.server.EmbeddedPostgres;
import io.promotionverifier.sandbox.server.PostgresOptions;
import io.promotionverifier.sandbox.server.SharedServers;
import io.promotionverifier.sandbox.server.TestEnvironment;

/** A PostgreSQL that a test may stop, beside the broker of all tests. */
final class OwnPostgres implements TestEnvironment {
    private final EmbeddedPostgres postgres;

    OwnPostgres(PostgresOptions options) {
        postgres = EmbeddedPostgres.start(options);
    }

    EmbeddedPostgres server() {
        return postgres;
    }

    @Override
    public String bootstrap() {
        return SharedServers.get().bootstrap();
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
        postgres.close();
    }
}
