package io.promotionverifier.postgres.engine;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.postgres.decode.CapturedPromotion;
import io.promotionverifier.postgres.decode.CapturedTable;
import io.promotionverifier.postgres.decode.HeartbeatClock;
import io.promotionverifier.postgres.decode.KeyForm;
import io.promotionverifier.postgres.decode.KeyPart;
import io.promotionverifier.sandbox.server.EmbeddedPostgres;
import io.promotionverifier.sandbox.server.PostgresOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A database with a publication and a slot, on one server for the JVM. */
public final class StreamedDatabase implements AutoCloseable {
    /** The prefix of the heartbeats. */
    public static final String PREFIX = "verifier.test";

    /** Reads {@code <instant> <nonce>}. */
    public static final HeartbeatClock CLOCK = content -> content.matches("\\S+Z \\S+")
            ? Optional.of(Instant.parse(content.substring(0, content.indexOf(' '))))
            : Optional.empty();

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name = "streamed_" + NUMBER.incrementAndGet();
    private final EmbeddedPostgres server;

    private static final class Shared {
        static final EmbeddedPostgres SERVER = EmbeddedPostgres.start(options());

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
        }

        private static PostgresOptions options() {
            String home = System.getProperty("verifier.test.postgres", "");
            PostgresOptions options = PostgresOptions.temporary().withSetting("max_prepared_transactions", "5");
            return home.isEmpty() ? options : options.withBinaries(Path.of(home));
        }
    }

    /** Creates database, tables, publication and slot on the server that all tests of this JVM share. */
    public StreamedDatabase(String published, String... statements) {
        this(Shared.SERVER, published, statements);
    }

    /** The same on a server of its own, which stays when this is closed. */
    public StreamedDatabase(EmbeddedPostgres server, String published, String... statements) {
        this.server = server;
        runIn("postgres", "CREATE DATABASE " + name);
        run(statements);
        run("CREATE PUBLICATION " + name + " FOR TABLE " + published + " WITH (publish_via_partition_root = true)");
        createSlot();
    }

    /** Creates the slot, again after it was dropped. */
    public void createSlot() {
        run("SELECT pg_create_logical_replication_slot('" + name + "', 'pgoutput')");
    }

    /** The name of database, slot and publication. */
    public String name() {
        return name;
    }

    /** The server. */
    public EmbeddedPostgres server() {
        return server;
    }

    /** The port of the server. */
    public int port() {
        return server.port();
    }

    /** The superuser's password. */
    public String password() {
        return server.password();
    }

    /** Capturing these tables as the superuser. */
    public CaptureSettings settings(CapturedTable... tables) {
        return settings(server.user(), password(), port(), tables);
    }

    /** Capturing these tables as somebody, somewhere. */
    public CaptureSettings settings(String user, String password, int port, CapturedTable... tables) {
        return new CaptureSettings(
                new ServerAddress("127.0.0.1", port, name, Map.of()),
                user,
                password,
                name,
                name,
                PREFIX,
                "nexus",
                List.of(tables),
                Map.of());
    }

    /** A fresh connection. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(name), server.user(), password());
    }

    /** Runs each statement in a transaction of its own. */
    public void run(String... statements) {
        for (String statement : statements) {
            runIn(name, statement);
        }
    }

    private void runIn(String database, String sql) {
        try (Connection connection =
                        DriverManager.getConnection(server.jdbcUrl(database), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Runs the statements in one transaction. */
    public void together(String... statements) {
        run("BEGIN; " + String.join("; ", statements) + "; COMMIT");
    }

    /** The first column of all rows, as the server prints it under UTC. */
    public List<String> column(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            List<String> values = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    values.add(String.valueOf(rows.getString(1)));
                }
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Sends a heartbeat; everything before it has been shown once its position is. */
    public Lsn beat() {
        return Lsn.parse(column("SELECT pg_logical_emit_message(false, '" + PREFIX
                        + "', to_char(clock_timestamp(), 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') || ' n1')")
                .get(0));
    }

    /** The slot's confirmed position. */
    public Lsn confirmed() {
        return Lsn.parse(column("SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = '" + name + "'")
                .get(0));
    }

    /** Ends the connection that streams. */
    public void cutStream() {
        run("SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '" + name + "'");
    }

    /** True if nobody streams. */
    public boolean idle() {
        return column("SELECT active FROM pg_replication_slots WHERE slot_name = '" + name + "'")
                .equals(List.of("f"));
    }

    /** A table of schema public with key {@code id} and {@code metadata->>'priority'} promoted. */
    public static CapturedTable table(String name) {
        return new CapturedTable(
                new TableName("public", name),
                List.of(new KeyPart("id", KeyForm.NUMBER)),
                List.of(promotion("priority", ColumnType.of(ColumnType.Kind.TEXT, "text"))));
    }

    /** A promotion of {@code metadata->>column}. */
    public static CapturedPromotion promotion(String column, ColumnType type, String... path) {
        List<String> keys = path.length == 0 ? List.of(column) : List.of(path);
        return new CapturedPromotion(new DocumentPath("metadata", keys), column, type);
    }

    @Override
    public void close() {
        cutStream();
        runIn(
                "postgres",
                "DO $$ BEGIN FOR i IN 1..100 LOOP EXIT WHEN NOT EXISTS (SELECT FROM pg_replication_slots WHERE"
                        + " active AND slot_name = '" + name + "'); PERFORM pg_sleep(0.05); END LOOP; END $$");
        runIn(
                "postgres",
                "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '" + name
                        + "'");
        runIn("postgres", "DROP DATABASE " + name + " WITH (FORCE)");
    }
}
