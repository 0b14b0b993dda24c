package io.promotionverifier.postgres.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.oracle.OracleServers;
import io.promotionverifier.sandbox.server.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PostgreSQL 18 takes a slot away from whoever was absent for too long. */
class IdleSlotIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aSlotThatWasIdleForTooLongIsLostAndSaysWhy() throws SQLException {
        List<String> versions = OracleServers.versions();
        String newest = versions.get(versions.size() - 1);
        assumeThat(newest).startsWith("18");
        try (EmbeddedPostgres server = EmbeddedPostgres.start(
                        OracleServers.options(newest).withSetting("idle_replication_slot_timeout", "1s"));
                Connection dba =
                        DriverManager.getConnection(server.jdbcUrl("postgres"), server.user(), server.password());
                Statement statement = dba.createStatement();
                Session session =
                        new PostgresAccess(server.jdbcUrl("postgres"), server.user(), server::password).open()) {
            statement.execute("SELECT pg_create_logical_replication_slot('idle', 'pgoutput')");
            SlotReader slots = new SlotReader(session);
            assertThat(SlotFit.misfits(slots.read("idle").orElseThrow(), "postgres"))
                    .isEmpty();

            await().atMost(PATIENCE).until(() -> {
                statement.execute("CHECKPOINT");
                return slots.read("idle").orElseThrow().health().lost();
            });
            assertThat(SlotFit.misfits(slots.read("idle").orElseThrow(), "postgres"))
                    .singleElement()
                    .asString()
                    .contains("it is lost", "idle_timeout");
        }
    }
}
