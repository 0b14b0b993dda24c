package io.promotionverifier.topics.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.format.Json;
import io.promotionverifier.core.change.ColumnValue;
import io.promotionverifier.core.change.RowEvent;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.promotion.PromotionId;
import io.promotionverifier.core.stream.Arrival;
import io.promotionverifier.postgres.access.PostgresAccess;
import io.promotionverifier.postgres.access.Session;
import io.promotionverifier.postgres.catalog.CatalogReader;
import io.promotionverifier.postgres.catalog.PromotionDescription.Resolved;
import io.promotionverifier.postgres.catalog.RequestedPromotion;
import io.promotionverifier.postgres.decode.CapturedPromotion;
import io.promotionverifier.postgres.decode.CapturedTable;
import io.promotionverifier.postgres.decode.KeyForm;
import io.promotionverifier.postgres.decode.KeyPart;
import io.promotionverifier.postgres.decode.RecordDecoder;
import io.promotionverifier.postgres.decode.UnreadableMarks;
import io.promotionverifier.sandbox.server.SharedServers;
import io.promotionverifier.sandbox.server.TestEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the real engine writes of every type, in every mode, is PostgreSQL's value or said to be lost. PostgreSQL itself
 * is the oracle. With {@code -Dverifier.samples.write=FOLDER} the records are kept.
 */
class EveryTypeIT {
    private static final TableName TABLE = new TableName("public", "everything");
    private static final String DDL = """
            CREATE TYPE mood AS ENUM ('sad', 'it''s ok');
            CREATE DOMAIN small AS integer CHECK (VALUE < 1000);
            CREATE TABLE everything (id bigint PRIMARY KEY, doc jsonb, c_text text, c_varchar varchar(5),
                c_char char(5), c_bool boolean, c_int2 smallint, c_int4 integer, c_int8 bigint, c_float4 real,
                c_float8 double precision, c_numeric numeric, c_money numeric(12,2), c_uuid uuid, c_date date,
                c_time time, c_time3 time(3), c_ts timestamp, c_ts3 timestamp(3), c_tz timestamptz,
                c_interval interval, c_timetz timetz, c_mood mood, c_array integer[], c_domain small)
            """;
    private static final List<String> ROWS = List.of(
            "(1, '{}', 'x', 'abc', 'ab', true, 1, -2, 9007199254740993, 0.1, 1e-300, 12.340, 10.50,"
                    + " 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', '2024-02-29', '10:11:12.123456', '10:11:12.123',"
                    + " '2024-02-29 10:11:12.123456', '2024-02-29 10:11:12.123', '2024-02-29 10:11:12.123456+02',"
                    + " '1 year 2 mons 3 days 04:05:06.789', '10:00:00+02', 'it''s ok', '{{1,2},{3,4}}', 7)",
            "(2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,"
                    + " NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
            "(3, '{\"a\": 1}', '', '', '', false, -32768, 2147483647, -9223372036854775808, 'NaN', '-Infinity',"
                    + " -123456789012345678901234567890.000000001, -0.01, '00000000-0000-0000-0000-000000000000',"
                    + " '0044-03-15 BC', '24:00:00', '00:00:00', '1600-01-01 00:00:00', '1969-12-31 23:59:59.999',"
                    + " '0044-03-15 10:00:00+00 BC', '-1 days +02:03:00', '23:59:59.999999-12', 'sad', '{}', -1)",
            "(4, '{}', 'y', 'é', 'z', true, 0, 0, 0, '3.4028235e38', '2.2250738585072014e-308', 0, 0,"
                    + " 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'infinity', '23:59:59.999999', '23:59:59.999',"
                    + " 'infinity', '-infinity', 'infinity', '178000000 years', '00:00:00+00', 'sad', NULL, NULL)",
            sparse(5, "'NaN', 'NaN'", "'infinity'"),
            sparse(6, "'Infinity', NULL", "'-00:00:01.5'"));

    private static String sparse(int id, String numerics, String interval) {
        return "(" + id + ", NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, " + numerics
                + ", NULL, NULL, NULL, NULL, NULL, NULL, NULL, " + interval + ", NULL, NULL, NULL, NULL)";
    }

    private static List<String> columns(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet all = statement.executeQuery("SELECT attname FROM pg_attribute WHERE attrelid ="
                        + " 'everything'::regclass AND attname LIKE 'c\\_%' ORDER BY attnum")) {
            while (all.next()) {
                names.add(all.getString(1));
            }
        }
        return names;
    }

    private static List<String> records(TestEnvironment servers, String database, Map<String, String> form, int rows)
            throws IOException {
        Properties settings = PlainConnector.settings(servers, database, "everything");
        settings.putAll(form);
        settings.setProperty("converter.schemas.enable", form.getOrDefault("value.converter.schemas.enable", "true"));
        List<String> records = new CopyOnWriteArrayList<>();
        DebeziumEngine<ChangeEvent<String, String>> engine = DebeziumEngine.create(Json.class)
                .using(settings)
                .notifying(event -> {
                    if (event.destination().endsWith("everything")) {
                        records.add(event.value());
                    }
                })
                .build();
        Thread thread = new Thread(engine, "types");
        thread.start();
        try {
            Awaitility.await("the records of " + form).until(() -> records.size() >= rows);
        } finally {
            engine.close();
        }
        return records;
    }

    private static String prepare(TestEnvironment servers) throws SQLException {
        String database = servers.createDatabase();
        try (Connection connection =
                        DriverManager.getConnection(servers.jdbcUrl(database), servers.user(), servers.password());
                Statement statement = connection.createStatement()) {
            statement.execute(DDL);
            statement.execute("CREATE PUBLICATION everything FOR TABLE everything");
            statement.execute("SELECT pg_create_logical_replication_slot('" + database + "', 'pgoutput')");
            for (String row : ROWS) {
                statement.execute("INSERT INTO everything VALUES " + row);
            }
        }
        return database;
    }

    private static List<Resolved> resolved(TestEnvironment servers, String database, List<String> columns) {
        List<RequestedPromotion> requested = columns.stream()
                .map(column -> new RequestedPromotion(
                        new PromotionId(column),
                        TABLE,
                        new DocumentPath("doc", List.of("a")),
                        column,
                        Optional.empty(),
                        Optional.empty()))
                .toList();
        PostgresAccess access = new PostgresAccess(servers.jdbcUrl(database), servers.user(), servers::password);
        try (Session session = access.openReadOnly()) {
            return new CatalogReader(session)
                    .describe(requested).stream().map(Resolved.class::cast).toList();
        }
    }

    private static TopicTable table(List<Resolved> resolved) {
        List<CapturedPromotion> promotions = resolved.stream()
                .map(each -> new CapturedPromotion(
                        each.requested().from(), each.requested().to(), each.type()))
                .toList();
        CapturedTable captured = new CapturedTable(TABLE, List.of(new KeyPart("id", KeyForm.NUMBER)), promotions);
        List<TopicColumn> columns = captured.columns().stream()
                .map(name -> new TopicColumn(
                        name,
                        resolved.get(0).table().column(name).orElseThrow().type(),
                        new TopicColumn.Fallback.None()))
                .toList();
        return new TopicTable(captured, columns);
    }

    private static Map<String, String> form(String decimals, String times, String intervals, String schemas) {
        Map<String, String> form = new HashMap<>();
        form.put("topic.prefix", "types");
        form.put("decimal.handling.mode", decimals);
        form.put("time.precision.mode", times);
        form.put("interval.handling.mode", intervals);
        form.put("value.converter.schemas.enable", schemas);
        return form;
    }

    @ParameterizedTest
    @CsvSource({
        "precise, adaptive, numeric, false",
        "precise, adaptive_time_microseconds, string, true",
        "string, connect, string, false",
        "double, nanoseconds, numeric, true",
        "string, isostring, string, true"
    })
    void aValueIsPostgresOwnOrSaidToBeLost(String decimals, String times, String intervals, String schemas)
            throws SQLException, IOException {
        TestEnvironment servers = SharedServers.get();
        String database = prepare(servers);
        Map<String, String> properties = form(decimals, times, intervals, schemas);
        List<String> records = records(servers, database, properties, ROWS.size());
        keep(String.join("-", decimals, times, intervals, schemas), records);
        ConnectorForm form = new ConnectorForm(properties);
        TreeSet<String> unavailable = new TreeSet<>();
        List<String> untrue = new ArrayList<>();
        try (Connection connection =
                DriverManager.getConnection(servers.jdbcUrl(database), servers.user(), servers.password())) {
            List<Resolved> resolved = resolved(servers, database, columns(connection));
            TopicTable table = table(resolved);
            UnreadableMarks marks = UnreadableMarks.random();
            ChangeReader reader = new ChangeReader(form, List.of(table), marks);
            RecordDecoder decoder =
                    new RecordDecoder("types", "none", text -> Optional.empty(), List.of(table.table()), marks);
            for (int row = 0; row < ROWS.size(); row++) {
                Seen.Change change = (Seen.Change) reader.read(
                        "row " + row, records.get(row).getBytes(StandardCharsets.UTF_8), new RecordHeaders());
                RowEvent event = ((Arrival.Row) decoder.decode(change.record()).orElseThrow()).event();
                for (int i = 0; i < resolved.size(); i++) {
                    String column = resolved.get(i).requested().to();
                    ColumnValue value = event.readings().get(i).column();
                    if (value instanceof ColumnValue.Unavailable) {
                        unavailable.add(column + " " + (row + 1));
                    } else {
                        String type = resolved.get(i).column().type().sqlName();
                        difference(connection, column, type, row + 1, value).ifPresent(untrue::add);
                    }
                }
            }
            Map<String, String> losses = new TreeMap<>(table.losses(form));
            assertThat(untrue).isEmpty();
            assertThat(unavailable)
                    .as("%s", losses)
                    .allMatch(each -> losses.containsKey(each.substring(0, each.indexOf(' ')))
                            || each.matches("c_(date|ts|ts3|tz) 4|c_interval 5|c_time3? 3")
                            || (table.lostNulls(form).containsKey(each.substring(0, each.indexOf(' ')))
                                    && each.matches("c_(numeric|money) [256]|c_ts3? [2356]")));
        }
    }

    private static Optional<String> difference(
            Connection connection, String column, String type, int id, ColumnValue value) throws SQLException {
        String sql = "SELECT ?::text::" + type + " IS NOT DISTINCT FROM " + column + ", " + column
                + "::text FROM everything WHERE id = " + id;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, value instanceof ColumnValue.Present present ? present.text() : null);
            try (ResultSet answer = statement.executeQuery()) {
                answer.next();
                return answer.getBoolean(1)
                        ? Optional.empty()
                        : Optional.of(column + " of row " + id + ": the topic tells " + value + ", PostgreSQL holds "
                                + answer.getString(2));
            }
        }
    }

    private static void keep(String name, List<String> records) {
        String folder = System.getProperty("verifier.samples.write", "");
        if (!folder.isEmpty()) {
            try {
                Files.write(Path.of(folder, name + ".ndjson"), records);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
