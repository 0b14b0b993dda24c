package io.promotionverifier.sandbox.sample;

import io.promotionverifier.sandbox.server.EmbeddedPostgres;
import io.promotionverifier.sandbox.server.PostgresOptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A server of its own whose database {@code postgres} holds the sample. */
public final class SampleDatabase implements AutoCloseable {
    private final EmbeddedPostgres server;

    private SampleDatabase(EmbeddedPostgres server) {
        this.server = server;
    }

    public static SampleDatabase start() throws SQLException {
        EmbeddedPostgres server = EmbeddedPostgres.start(PostgresOptions.temporary());
        SampleDatabase database = new SampleDatabase(server);
        try (Connection connection = database.connect()) {
            SampleSchema.create(connection);
        }
        return database;
    }

    public EmbeddedPostgres server() {
        return server;
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl("postgres"), server.user(), server.password());
    }

    public void run(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public String one(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
