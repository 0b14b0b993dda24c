package io.promotionverifier.postgres.oracle;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A PostgreSQL session that says which texts a type accepts and which of them are one value. */
final class CastOracle {
    /** Refused by the server; classes of equal values count from 1. */
    static final int REFUSED = 0;

    private final Connection connection;

    CastOracle(Connection connection) {
        this.connection = connection;
    }

    int serverMajor() throws SQLException {
        return connection.getMetaData().getDatabaseMajorVersion();
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What an expression over each text {@code t} prints. */
    List<String> printed(String expression, List<String> texts) throws SQLException {
        String sql = "SELECT " + expression + " FROM unnest(?::text[]) WITH ORDINALITY AS given(t, n) ORDER BY n";
        List<String> printed = new ArrayList<>(texts.size());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", texts.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    printed.add(rows.getString(1));
                }
            }
        }
        return printed;
    }

    /** The class of equal values that an expression over each text {@code t} gives, or {@link #REFUSED}. */
    List<Integer> classes(String expression, List<String> texts) throws SQLException {
        execute("CREATE OR REPLACE FUNCTION pg_temp.refusable(t text) RETURNS boolean LANGUAGE plpgsql AS $$\n"
                + "BEGIN PERFORM " + expression + "; RETURN true; EXCEPTION WHEN OTHERS THEN RETURN false; END $$");
        String sql = "SELECT CASE WHEN accepted THEN dense_rank() OVER (ORDER BY accepted DESC,"
                + " CASE WHEN accepted THEN " + expression + " END) ELSE " + REFUSED + " END"
                + " FROM (SELECT t, n, pg_temp.refusable(t) AS accepted"
                + " FROM unnest(?::text[]) WITH ORDINALITY AS given(t, n) OFFSET 0) AS tried ORDER BY n";
        Array given = connection.createArrayOf("text", texts.toArray());
        List<Integer> classes = new ArrayList<>(texts.size());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, given);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    classes.add(rows.getInt(1));
                }
            }
        }
        return classes;
    }
}
