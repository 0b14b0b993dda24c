package io.promotionverifier.postgres.access;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What one moment of the database holds, asked by queries that people wrote: names are looked up as the role looks them
 * up, rows travel some at a time and as text. Valid only inside {@link Session#inOneSnapshot}.
 */
public final class Snapshot {
    /** They are in memory together, and may be wide. */
    private static final int ROWS_AT_ONCE = 64;

    private final String purpose;
    private final Connection connection;
    private final Instant taken;

    private Snapshot(String purpose, Connection connection, Instant taken) {
        this.purpose = purpose;
        this.connection = connection;
        this.taken = taken;
    }

    /** The first question takes the snapshot, and tells when. */
    static Snapshot begin(String purpose, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            statement.execute("SET LOCAL search_path TO DEFAULT");
            statement.execute("SET LOCAL DateStyle TO ISO");
            statement.execute("SET LOCAL IntervalStyle TO postgres");
            try (ResultSet answer = statement.executeQuery("SELECT (pg_catalog.date_part('epoch',"
                    + " pg_catalog.statement_timestamp()) * 1000000)::bigint AS micros")) {
                answer.next();
                return new Snapshot(purpose, connection, Instant.EPOCH.plus(answer.getLong(1), ChronoUnit.MICROS));
            }
        }
    }

    /** When it was taken, by the server's clock. */
    public Instant taken() {
        return taken;
    }

    /** Texts of instants, and naive texts read as instants, are those of this zone from now on. */
    public void zone(ZoneId zone) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL TimeZone TO " + SqlText.literal(zone.getId()));
        } catch (SQLException e) {
            throw SourceFailures.of(purpose, e);
        }
    }

    /** The names of the columns that a query would answer with; it is planned and not run. */
    public List<String> columns(String query) {
        try (PreparedStatement statement =
                connection.prepareStatement(asTable(query).replace("?", "??"))) {
            return names(statement.getMetaData());
        } catch (SQLException e) {
            throw SourceFailures.of(purpose, e);
        }
    }

    private static List<String> names(ResultSetMetaData columns) throws SQLException {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            names.add(columns.getColumnLabel(i));
        }
        return names;
    }

    /** Hands over every row of a query, a text for each column and nothing for NULL. */
    public void each(String query, Consumer<List<Optional<String>>> row) {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet answer = statement.executeQuery(asTable(query))) {
                int columns = answer.getMetaData().getColumnCount();
                while (answer.next()) {
                    List<Optional<String>> texts = new ArrayList<>(columns);
                    for (int i = 1; i <= columns; i++) {
                        texts.add(Optional.ofNullable(answer.getString(i)));
                    }
                    row.accept(texts);
                }
            }
        } catch (SQLException e) {
            throw SourceFailures.of(purpose, e);
        }
    }

    /** One query and nothing else can stand in FROM; the line break ends a comment at its end. */
    private static String asTable(String query) {
        return "SELECT * FROM (" + query.strip().replaceFirst("(\\s*;)+\\s*$", "") + "\n) AS report";
    }
}
