package io.promotionverifier.sandbox.scenario;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The sample's cases as an application writes them: one statement, one transaction. Confined to the writer's thread.
 */
final class CaseTable {
    private static final String DOCUMENT = "jsonb_build_object('priority', CAST(? AS text))";

    private final Connection connection;

    CaseTable(Connection connection) {
        this.connection = connection;
    }

    /** New rows whose sides agree. */
    List<Long> insertGood(int count) throws SQLException {
        return ids("INSERT INTO nexus_cases (title, metadata, priority) SELECT 'scenario', "
                + "'{\"priority\": \"low\"}', 'low' FROM generate_series(1, " + count + ") RETURNING id");
    }

    void insertDocumentOnly(String priority) throws SQLException {
        ids("INSERT INTO nexus_cases (title, metadata) VALUES ('scenario', " + DOCUMENT + ") RETURNING id", priority);
    }

    void insertColumnOnly(String priority) throws SQLException {
        ids("INSERT INTO nexus_cases (title, metadata, priority) VALUES ('scenario', '{}', ?) RETURNING id", priority);
    }

    /** A new row whose sides agree, of a kind that one of two reports leaves out. */
    void insertArchived(String priority) throws SQLException {
        ids(
                "INSERT INTO nexus_cases (title, priority, metadata) VALUES ('archived', ?, " + DOCUMENT
                        + ") RETURNING id",
                priority,
                priority);
    }

    /** A new row whose document still holds another value. */
    long insertColumnAhead(String column, String document) throws SQLException {
        return ids(
                        "INSERT INTO nexus_cases (title, priority, metadata) VALUES ('scenario', ?, " + DOCUMENT
                                + ") RETURNING id",
                        column,
                        document)
                .get(0);
    }

    void writeBoth(long id, String priority) throws SQLException {
        ids(
                "UPDATE nexus_cases SET priority = ?, metadata = metadata || " + DOCUMENT + " WHERE id = " + id
                        + " RETURNING id",
                priority,
                priority);
    }

    void writeColumn(long id, String priority) throws SQLException {
        ids("UPDATE nexus_cases SET priority = ? WHERE id = " + id + " RETURNING id", priority);
    }

    void writeDocument(long id, String priority) throws SQLException {
        ids(
                "UPDATE nexus_cases SET metadata = metadata || " + DOCUMENT + " WHERE id = " + id + " RETURNING id",
                priority);
    }

    /** A write of both sides that holds its transaction open for so long. */
    void writeBothSlowly(long id, String priority, double seconds) throws SQLException {
        connection.setAutoCommit(false);
        try {
            writeBoth(id, priority);
            run("SELECT pg_sleep(" + seconds + ")");
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** True once the slot is gone; false while its reader still holds it. */
    boolean dropSlot(String slot) throws SQLException {
        String named = " FROM pg_replication_slots WHERE slot_name = '" + slot + "'";
        run("SELECT pg_terminate_backend(active_pid)" + named + " AND active");
        run("DO $$ BEGIN PERFORM pg_drop_replication_slot(slot_name)" + named
                + "; EXCEPTION WHEN object_in_use THEN NULL; END $$");
        return ids("SELECT count(*)" + named).get(0) == 0;
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<Long> ids(String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            List<Long> ids = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
            return ids;
        }
    }
}
