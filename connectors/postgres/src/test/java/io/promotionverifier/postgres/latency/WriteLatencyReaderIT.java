package io.promotionverifier.postgres.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.judge.WriteLatency;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.postgres.SourceDatabase;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.sandbox.server.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WriteLatencyReaderIT {
    private static final WriteLatencyReader.Watched CASES =
            new WriteLatencyReader.Watched(new PromotionId("P"), new TableName("public", "cases"), 10);

    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws SQLException {
        server = EmbeddedPostgres.start(
                SourceDatabase.options().withSetting("shared_preload_libraries", "pg_stat_statements"));
        run(
                "CREATE TABLE cases (id int PRIMARY KEY, priority text)",
                "CREATE TABLE others (id int)",
                "CREATE ROLE watcher LOGIN PASSWORD 'watch'");
    }

    @AfterAll
    static void stop() {
        server.stopImmediate();
        server.close();
    }

    private static void run(String... statements) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(server.jdbcUrl("postgres"), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static PostgresAccess access(String role, String password) {
        return new PostgresAccess(server.jdbcUrl("postgres"), role, () -> password);
    }

    private static StatementStatistics statistics(PostgresAccess access) {
        try (Session session = access.openReadOnly()) {
            return StatementStatistics.of(session);
        }
    }

    private static void write(int from, int rows) throws SQLException {
        for (int id = from; id < from + rows; id++) {
            run("INSERT INTO cases SELECT " + id + ", pg_sleep(0.02)::text", "INSERT INTO others VALUES (1)");
        }
    }

    @Test
    void theMeanOfTheTablesOwnWritesIsToldOnceTheExtensionIsThereAndReadable() throws SQLException {
        PostgresAccess superuser = access(server.user(), server.password());
        PostgresAccess watcher = access("watcher", "watch");
        WriteLatencyReader reader = new WriteLatencyReader(watcher, List.of(CASES));

        assertThat(reader.look().trouble())
                .hasValueSatisfying(why -> assertThat(why).contains("not in this database"));
        run(statistics(superuser).mending().orElseThrow());
        assertThat(statistics(watcher).trouble())
                .hasValueSatisfying(why -> assertThat(why).contains("watcher does not see"));
        run(statistics(watcher).mending().orElseThrow());
        assertThat(statistics(watcher).areReadable()).isTrue();

        write(0, 1);
        assertThat(reader.look().figures()).isEmpty();
        write(100, 10);
        List<WriteLatencyReader.Figure> figures = reader.look().figures();
        assertThat(figures).hasSize(1);
        WriteLatency latency = figures.get(0).latency();
        assertThat(latency.measure()).isEqualTo(WriteLatency.Measure.MEAN);
        assertThat(latency.value()).isBetween(Duration.ofMillis(20), Duration.ofSeconds(2));
        assertThat(latency.window()).isPositive();

        run("SELECT pg_stat_statements_reset()");
        write(200, 10);
        assertThat(reader.look().figures())
                .singleElement()
                .satisfies(
                        figure -> assertThat(figure.latency().value()).isGreaterThanOrEqualTo(Duration.ofMillis(20)));
    }
}
