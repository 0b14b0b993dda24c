package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.promotionverifier.sandbox.server.PostgresOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A commit that waits for a synchronous standby is in the log, and nobody sees yet what it did. */
class InvisibleCommitIT {
    private static final String CHILDREN = """
              - id: PROMO-FK
                table: public.children
                from: metadata->>'parent'
                to: parent
                references: {table: public.parents, on_delete: set-null}
            """;
    private static final String WAITING =
            "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";

    private static boolean deleteParent(Statement session) {
        try {
            return session.execute("DELETE FROM parents WHERE id = 1");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void aChildIsNoMismatchWhileItsParentsEndIsNotSeenYet() throws SQLException {
        PostgresOptions options = PostgresOptions.temporary()
                .withSetting("synchronous_standby_names", "nobody")
                .withSetting("synchronous_commit", "local");
        try (OwnPostgres servers = new OwnPostgres(options);
                Installation verifier = new Installation(folder, servers, Installation.CALM, CHILDREN)) {
            Source application = verifier.source();
            application.run(
                    "CREATE TABLE parents (id integer PRIMARY KEY)",
                    "INSERT INTO parents VALUES (1)",
                    "CREATE TABLE children (id integer PRIMARY KEY, metadata jsonb,"
                            + " parent integer REFERENCES parents ON DELETE SET NULL)",
                    "INSERT INTO children VALUES (1, '{\"parent\": 1}', 1)");
            assertThat(verifier.run("setup").exitCode()).isZero();
            verifier.startDaemon();
            try (Connection waiting = application.open();
                    Statement session = waiting.createStatement()) {
                session.execute("SET synchronous_commit = on");
                CompletableFuture<Boolean> delete = CompletableFuture.supplyAsync(() -> deleteParent(session));
                JsonNode status =
                        new Statuses(verifier).awaitOne("the child's change", found -> Statuses.changes(found) == 1);
                assertThat(status.at("/unverifiable_reasons/PARENT").asInt()).isEqualTo(1);
                assertThat(status.at("/counts/mismatched").asInt()).isZero();
                application.run(WAITING);
                delete.join();
            }
            application.run("UPDATE children SET metadata = metadata || '{\"seen\": 1}'");
            JsonNode status = new Statuses(verifier).awaitOne("the next change", found -> Statuses.changes(found) == 2);
            assertThat(status.at("/counts/explained").asInt()).isEqualTo(1);
            verifier.replaysTheSame();
        }
    }
}
