package io.promotionverifier.app.servers;

import io.promotionverifier.app.config.ServerAddress;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.app.config.form.Secret;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.sandbox.server.EmbeddedPostgres;
import io.promotionverifier.sandbox.server.PostgresOptions;
import io.promotionverifier.sandbox.server.RunningPostgres;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The source database: somebody's, or an embedded one of ours that ends with this object.
 *
 * @param url its JDBC address, without credentials
 * @param user the role
 * @param password its password; empty for none
 * @param owned the embedded server, if this process started it
 */
public record SourceServer(String url, String user, Secret password, Optional<EmbeddedPostgres> owned)
        implements AutoCloseable {
    /** Where the embedded PostgreSQL is found by other programs. */
    public static final int EMBEDDED_PORT = 15_432;

    /** The database of an embedded PostgreSQL. */
    public static final String EMBEDDED_DATABASE = "postgres";

    /** The server that a configuration names; an embedded one is visited where it runs, else started. */
    public static SourceServer open(VerifierConfig config) {
        if (config.source().server() instanceof ServerAddress.External external) {
            return new SourceServer(
                    external.address(),
                    config.source().username().orElse(""),
                    config.source().password().orElse(new Secret("")),
                    Optional.empty());
        }
        Path folder = config.data().resolve("postgres");
        Optional<RunningPostgres> running = RunningPostgres.in(folder);
        if (running.isPresent()) {
            return new SourceServer(
                    running.get().jdbcUrl(EMBEDDED_DATABASE),
                    EmbeddedPostgres.USER,
                    new Secret(running.get().password()),
                    Optional.empty());
        }
        EmbeddedPostgres started =
                EmbeddedPostgres.start(PostgresOptions.in(folder).withPort(EMBEDDED_PORT));
        return new SourceServer(
                started.jdbcUrl(EMBEDDED_DATABASE),
                started.user(),
                new Secret(started.password()),
                Optional.of(started));
    }

    /** The way to it. */
    public PostgresAccess access() {
        return new PostgresAccess(url, user, password::reveal);
    }

    @Override
    public void close() {
        owned.ifPresent(EmbeddedPostgres::close);
    }
}
