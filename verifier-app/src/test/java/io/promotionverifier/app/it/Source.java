package io.promotionverifier.app.it;

import io.promotionverifier.sandbox.server.TestEnvironment;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The application's database: the table of PROMO-001 as its phase A left it, and the application's session. */
final class Source implements AutoCloseable {
    private static final String TABLE = """
            CREATE TABLE nexus_cases (
                id bigint PRIMARY KEY,
                title text NOT NULL DEFAULT 'Case',
                metadata jsonb,
                priority text)
            """;
    private static final String ROWS = """
            INSERT INTO nexus_cases (id, metadata, priority)
            SELECT id, '{"channel": "email", "priority": "low"}', 'low' FROM generate_series(1, 20) AS id
            """;

    private final TestEnvironment servers;
    private final String name;
    private Connection connection;

    Source(TestEnvironment servers) {
        this.servers = servers;
        this.name = servers.createDatabase();
        this.connection = open();
        run(TABLE, ROWS);
    }

    /** A session of the application. */
    Connection open() {
        try {
            return DriverManager.getConnection(
                    servers.jdbcUrl(name) + "?ApplicationName=application", servers.user(), servers.password());
        } catch (SQLException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /** The server was killed, and its sessions with it. */
    void reconnect() {
        connection = open();
    }

    String name() {
        return name;
    }

    /** Runs each statement in a transaction of its own. */
    void run(String... statements) {
        for (String sql : statements) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
        }
    }

    /** Runs all statements in one transaction. */
    void together(String... statements) {
        run("BEGIN");
        run(statements);
        run("COMMIT");
    }

    /** Runs all statements in one transaction that is rolled back. */
    void inVain(String... statements) {
        run("BEGIN");
        run(statements);
        run("ROLLBACK");
    }

    void setColumn(long id, String value) {
        run("UPDATE nexus_cases SET priority = '" + value + "' WHERE id = " + id);
    }

    void setDocument(long id, String value) {
        run("UPDATE nexus_cases SET metadata = jsonb_set(metadata, '{priority}', to_jsonb('" + value
                + "'::text)) WHERE id = " + id);
    }

    void setBoth(long id, String value) {
        run("UPDATE nexus_cases SET priority = '" + value + "', metadata = jsonb_set(metadata, '{priority}', to_jsonb('"
                + value + "'::text)) WHERE id = " + id);
    }

    void insert(long id, String column, String document) {
        run("INSERT INTO nexus_cases (id, metadata, priority) VALUES (" + id + ", '{\"priority\": \"" + document
                + "\"}', '" + column + "')");
    }

    void delete(long id) {
        run("DELETE FROM nexus_cases WHERE id = " + id);
    }

    /** The first column of the first row. */
    String one(String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    String slots() {
        return one("SELECT count(*) FROM pg_replication_slots WHERE database = '" + name + "'");
    }

    String publications() {
        return one("SELECT count(*) FROM pg_publication");
    }

    /** Gives the slot back, for the server has a limited number; the database goes with the server. */
    @Override
    public void close() {
        run(
                "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE active AND database = '" + name
                        + "'",
                "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE NOT active AND database = '"
                        + name + "'");
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("close", e);
        }
    }
}
