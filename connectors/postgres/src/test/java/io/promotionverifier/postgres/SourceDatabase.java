package io.promotionverifier.postgres;

import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.catalog.RequestedPromotion;
import io.promotionverifier.sandbox.server.EmbeddedPostgres;
import io.promotionverifier.sandbox.server.PostgresOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of one test on a server that all tests of this JVM share. */
public final class SourceDatabase implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name = "source_" + NUMBER.incrementAndGet();

    /**
     * One server for the JVM, started at first use; {@code -Dverifier.test.postgres=/usr/lib/postgresql/15} picks
     * another.
     */
    private static final class Shared {
        static final EmbeddedPostgres SERVER = EmbeddedPostgres.start(options());

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
        }
    }

    /** A temporary server of the version under test. */
    public static PostgresOptions options() {
        String home = System.getProperty("verifier.test.postgres", "");
        PostgresOptions options = PostgresOptions.temporary().withSetting("max_prepared_transactions", "5");
        return home.isEmpty() ? options : options.withBinaries(Path.of(home));
    }

    /** Creates the database and runs the statements in it. */
    public SourceDatabase(String... statements) {
        runIn("postgres", "CREATE DATABASE " + name);
        run(statements);
    }

    public String name() {
        return name;
    }

    public String url() {
        return Shared.SERVER.jdbcUrl(name);
    }

    /** The superuser's password. */
    public String password() {
        return Shared.SERVER.password();
    }

    /** The superuser's access. */
    public PostgresAccess access() {
        return access(Shared.SERVER.user(), Shared.SERVER.password());
    }

    public PostgresAccess access(String role, String password) {
        return new PostgresAccess(url(), role, () -> password);
    }

    /** A fresh connection of the superuser. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), Shared.SERVER.user(), Shared.SERVER.password());
    }

    /** Runs each statement by itself. */
    public void run(String... statements) {
        for (String statement : statements) {
            runIn(name, statement);
        }
    }

    private static void runIn(String database, String sql) {
        try (Connection connection = DriverManager.getConnection(
                        Shared.SERVER.jdbcUrl(database), Shared.SERVER.user(), Shared.SERVER.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The first column of the first row. */
    public String one(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The server's major version. */
    public int major() {
        return Integer.parseInt(one("SHOW server_version_num")) / 10000;
    }

    /** Drops the slots of this database and the database itself. */
    @Override
    public void close() {
        runIn(
                "postgres",
                "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE active AND database = '" + name
                        + "'");
        runIn(
                name,
                "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE NOT active AND database = '"
                        + name + "'");
        runIn("postgres", "DROP DATABASE " + name + " WITH (FORCE)");
    }

    /** A promotion of {@code metadata->>'priority'} to {@code priority}. */
    public static RequestedPromotion promotion(String id, String table) {
        return promotion(id, new TableName("public", table), "metadata", "priority");
    }

    public static RequestedPromotion promotion(String id, TableName table, String document, String column) {
        return new RequestedPromotion(
                new PromotionId(id),
                table,
                new DocumentPath(document, List.of(column)),
                column,
                Optional.empty(),
                Optional.empty());
    }
}
