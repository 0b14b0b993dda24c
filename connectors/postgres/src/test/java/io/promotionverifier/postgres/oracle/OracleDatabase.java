package io.promotionverifier.postgres.oracle;

import io.promotionverifier.core.change.Operation;
import io.promotionverifier.core.change.Reading;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.compare.Comparator;
import io.promotionverifier.core.compare.Outcome;
import io.promotionverifier.core.compare.Side;
import io.promotionverifier.core.compare.Sides;
import io.promotionverifier.core.promotion.ColumnType;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.decode.CapturedTable;
import io.promotionverifier.postgres.engine.StreamedDatabase;
import io.promotionverifier.sandbox.server.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** A server of one version with its tables, and the engine that streams them. Confined to one thread. */
final class OracleDatabase implements AutoCloseable {
    private final EmbeddedPostgres server;
    private final StreamedDatabase database;
    private final Connection connection;
    private final int major;
    private final List<OracleTable> tables;
    private final Map<String, Comparator> comparators = new HashMap<>();
    private final Map<String, ColumnType> types = new HashMap<>();
    private final OracleStream stream;
    private long lastId;

    /**
     * One promotion of one row as both see it.
     *
     * @param table the table
     * @param id the row
     * @param promotion the place of the promotion in the table
     * @param expected the server's verdict
     * @param actual ours: the same words, or {@code UNVERIFIABLE} and the reason
     */
    record Judged(OracleTable table, long id, int promotion, String expected, String actual) {
        boolean agrees() {
            return expected.equals(actual);
        }

        boolean isExcused() {
            boolean unread = actual.equals("UNVERIFIABLE SCHEMA")
                    && table.promotions().get(promotion).column().equals("j")
                    && table.promotions().get(promotion).keys().contains("-1");
            return unread
                    || table.type().excuses().stream().anyMatch(reason -> actual.equals("UNVERIFIABLE " + reason));
        }
    }

    /** Starts a server of this version, creates the tables and begins to stream. */
    OracleDatabase(String version, IntFunction<List<OracleTable>> wanted) throws SQLException {
        server = EmbeddedPostgres.start(OracleServers.options(version));
        major = major(server);
        tables = wanted.apply(major);
        List<String> ddl = new ArrayList<>(List.of(OracleType.DDL, tried("json"), tried("jsonb")));
        tables.forEach(table -> ddl.addAll(table.ddl()));
        String published = tables.stream().map(OracleTable::name).collect(Collectors.joining(", "));
        database = new StreamedDatabase(server, published, ddl.toArray(String[]::new));
        connection = database.connect();
        PostgresAccess access = new PostgresAccess(server.jdbcUrl(database.name()), server.user(), server::password);
        List<CapturedTable> captured = new ArrayList<>();
        try (Session session = access.openReadOnly()) {
            for (OracleTable table : tables) {
                captured.add(table.captured(session));
                types.put(table.name(), table.resolved(session));
                comparators.put(table.name(), table.comparator(session, major));
            }
        }
        stream = new OracleStream(database.settings(captured.toArray(CapturedTable[]::new)));
    }

    private static int major(EmbeddedPostgres server) throws SQLException {
        try (Connection first =
                DriverManager.getConnection(server.jdbcUrl("postgres"), server.user(), server.password())) {
            return first.getMetaData().getDatabaseMajorVersion();
        }
    }

    private static String tried(String type) {
        return "CREATE FUNCTION tried_" + type + "(t text) RETURNS " + type
                + " LANGUAGE plpgsql AS $$ BEGIN RETURN t::" + type
                + "; EXCEPTION WHEN OTHERS THEN RETURN NULL; END $$";
    }

    /** The type of the promoted column as the product's catalog reads it. */
    ColumnType resolved(OracleTable table) {
        return Objects.requireNonNull(types.get(table.name()));
    }

    /** The server's major version. */
    int major() {
        return major;
    }

    List<OracleTable> tables() {
        return tables;
    }

    /** Writes the rows of each table in one transaction, and says what server and comparator make of them. */
    List<Judged> judge(Map<OracleTable, List<OracleRow>> rows) throws SQLException, InterruptedException {
        long first = lastId + 1;
        for (Map.Entry<OracleTable, List<OracleRow>> each : rows.entrySet()) {
            write(each.getKey(), each.getValue());
        }
        return compared(rows.keySet(), first);
    }

    /** The same for rows that are written by SQL expressions, each in a transaction of its own; in their order. */
    List<Judged> judge(List<KeptCase> cases) throws SQLException, InterruptedException {
        long first = lastId + 1;
        Set<OracleTable> written = new LinkedHashSet<>();
        for (KeptCase kept : cases) {
            OracleTable table = kept.table(tables);
            execute("INSERT INTO " + table.name() + " (id, c, " + kept.documentColumn() + ") VALUES (" + ++lastId + ", "
                    + kept.column() + ", " + kept.document() + ")");
            written.add(table);
        }
        return compared(written, first);
    }

    private void write(OracleTable table, List<OracleRow> rows) throws SQLException {
        String insert = "INSERT INTO " + table.name() + " VALUES (?, castable_" + table.name()
                + "(?), tried_jsonb(?), tried_json(?))";
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            for (OracleRow row : rows) {
                statement.setLong(1, ++lastId);
                statement.setArray(
                        2, connection.createArrayOf("text", row.column().toArray()));
                statement.setString(3, row.jsonb().orElse(null));
                statement.setString(4, row.json().orElse(null));
                statement.addBatch();
            }
            statement.executeBatch();
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private List<Judged> compared(Iterable<OracleTable> written, long first) throws SQLException, InterruptedException {
        Map<Long, String[]> expected = new HashMap<>();
        for (OracleTable table : written) {
            expected.putAll(verdicts(table, first));
        }
        Map<String, OracleTable> byName = tables.stream().collect(Collectors.toMap(OracleTable::name, table -> table));
        List<Judged> judged = new ArrayList<>();
        int arrived = 0;
        for (RowEvent event : stream.until(database.beat())) {
            if (event.operation() == Operation.INSERT) {
                judge(Objects.requireNonNull(byName.get(event.table().name())), event, expected, judged);
                arrived++;
            }
        }
        if (arrived != expected.size()) {
            throw new IllegalStateException(expected.size() + " rows were written, " + arrived + " arrived");
        }
        return judged;
    }

    private Map<Long, String[]> verdicts(OracleTable table, long first) throws SQLException {
        Map<Long, String[]> verdicts = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(table.verdicts())) {
            statement.setLong(1, first);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    verdicts.put(rows.getLong(1), (String[]) rows.getArray(2).getArray());
                }
            }
        }
        return verdicts;
    }

    private void judge(OracleTable table, RowEvent event, Map<Long, String[]> expected, List<Judged> judged) {
        long id = Long.parseLong(event.key().orElseThrow().json().replaceAll("\\D", ""));
        String[] verdicts = Objects.requireNonNull(expected.get(id));
        Comparator comparator = Objects.requireNonNull(comparators.get(table.name()));
        for (int i = 0; i < verdicts.length; i++) {
            Reading reading = event.readings().get(i);
            judged.add(new Judged(table, id, i, verdicts[i], verdict(comparator, event, reading)));
        }
    }

    private static String verdict(Comparator comparator, RowEvent event, Reading reading) {
        Sides sides = comparator.sides(reading);
        Outcome outcome = comparator.judge(sides, event.key().orElseThrow(), Instant.EPOCH);
        String form = sides.document() instanceof Side.Absent absent ? " " + absent.form() : "";
        if (outcome instanceof Outcome.Mismatched mismatched) {
            return mismatched.kind() + form;
        } else if (outcome instanceof Outcome.Unverifiable unverifiable) {
            return "UNVERIFIABLE " + unverifiable.reason();
        }
        return outcome instanceof Outcome.Absent ? "ABSENT" + form : "MATCHED";
    }

    /** Those of the texts that a table's type accepts. */
    List<String> accepted(OracleTable table, List<String> texts) throws SQLException {
        List<String> accepted = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(table.accepted())) {
            statement.setArray(1, connection.createArrayOf("text", texts.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    accepted.add(rows.getString(1));
                }
            }
        }
        return accepted;
    }

    /** The first row of a query, as texts. */
    List<String> ask(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                values.add(rows.getString(i));
            }
            return values;
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        stream.close();
        connection.close();
        server.stopImmediate();
        server.close();
    }
}
