package io.promotionverifier.sandbox.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The sample's tables, rows and promoted columns, which agree in every row. */
public final class SampleSchema {
    private static final String[] SCRIPTS = {"tables.sql", "rows.sql", "promotions.sql"};

    private SampleSchema() {}

    /**
     * Creates everything in the connection's database, in one transaction.
     *
     * @throws SQLException if the server refuses, for example because the tables exist; nothing is created then
     */
    public static void create(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String script : SCRIPTS) {
                statement.execute(resource(script));
            }
            connection.commit();
        } catch (SQLException refused) {
            connection.rollback();
            throw refused;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    static String resource(String name) {
        try (InputStream stream = SampleSchema.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("The resource " + name + " is missing beside " + SampleSchema.class);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The resource " + name + " cannot be read", unreadable);
        }
    }
}
