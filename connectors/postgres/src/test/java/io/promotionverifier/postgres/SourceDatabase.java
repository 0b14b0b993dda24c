package io.promotionverifier.postgres;

import static org.awaitility.Awaitility.await;

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
    private final Connection connection;

    /**
     * One server for the JVM, started at first use; {@code -Dverifier.test.postgres=/usr/lib/postgresql/15} picks
     * another.
     */
    private static final class Shared {
        static final EmbeddedPostgres SERVER = EmbeddedPostgres.start(options());

        static void stop() {
            SERVER.stopImmediate();
            SERVER.close();
        }

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(Shared::stop));
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
        try (Connection first = connect("postgres");
                Statement statement = first.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("CREATE DATABASE", e);
        }
        this.connection = connect(name);
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
    public Connection connect() {
        return connect(name);
    }

    private static Connection connect(String database) {
        try {
            return DriverManager.getConnection(
                    Shared.SERVER.jdbcUrl(database), Shared.SERVER.user(), Shared.SERVER.password());
        } catch (SQLException e) {
            throw new IllegalStateException(database, e);
        }
    }

    /** Runs each statement by itself, as the superuser. */
    public void run(String... statements) {
        for (String sql : statements) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
        }
    }

    /** The first column of the first row. */
    public String one(String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The SQLSTATE that a statement fails with; empty if it succeeds. */
    public String failure(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return "";
        } catch (SQLException e) {
            return String.valueOf(e.getSQLState());
        }
    }

    /** The server's major version. */
    public int major() {
        return Integer.parseInt(one("SHOW server_version_num")) / 10000;
    }

    /** Drops every slot, publication and schema of this database: cheaper than another database for each test. */
    public void clear() {
        String ours = " FROM pg_replication_slots WHERE database = '" + name + "'";
        await().until(() -> {
            run("SELECT pg_terminate_backend(active_pid)" + ours + " AND active");
            return one("SELECT count(*)" + ours + " AND active").equals("0");
        });
        run("SELECT pg_drop_replication_slot(slot_name)" + ours, """
                DO $$ DECLARE dropped text; BEGIN
                    FOR dropped IN SELECT format('DROP PUBLICATION %I', pubname) FROM pg_publication
                        UNION ALL SELECT format('DROP SCHEMA %I CASCADE', nspname) FROM pg_namespace
                            WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
                    LOOP EXECUTE dropped; END LOOP;
                    CREATE SCHEMA public;
                END $$
                """);
    }

    /** Drops the slots; the database itself goes with the server: dropping it costs a checkpoint. */
    @Override
    public void close() {
        clear();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("close", e);
        }
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
