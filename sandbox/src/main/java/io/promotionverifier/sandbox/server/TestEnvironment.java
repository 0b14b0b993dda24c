package io.promotionverifier.sandbox.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * One PostgreSQL ready for logical decoding and one Kafka, whatever they run on.
 *
 * <p>All methods but {@link #close} are safe from any thread.
 */
public interface TestEnvironment extends AutoCloseable {
    /** The address for {@code bootstrap.servers}. */
    String bootstrap();

    /** The JDBC address of a database, without user and password. */
    String jdbcUrl(String database);

    /** A superuser's name. */
    String user();

    /** The superuser's password. */
    String password();

    /**
     * Creates an empty database and returns its name, which no other call returns.
     *
     * @throws SandboxException if the server refuses
     */
    default String createDatabase() {
        String name = "db_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"), user(), password());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
            return name;
        } catch (SQLException failure) {
            throw new SandboxException("No database could be created: " + failure.getMessage(), failure);
        }
    }

    /** Stops both servers. */
    @Override
    void close();
}
