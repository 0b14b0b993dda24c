package io.promotionverifier.topics.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.Header;
import io.debezium.engine.format.Json;
import io.debezium.engine.format.KeyValueHeaderChangeEventFormat;
import io.promotionverifier.sandbox.server.SharedServers;
import io.promotionverifier.sandbox.server.TestEnvironment;
import io.promotionverifier.topics.decode.RowLife.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the real engine writes of a row's life, in the forms that people have. With
 * {@code -Dverifier.samples.write=FOLDER} the records are kept, for {@link RowLifeTest}.
 */
class RowLifeIT {
    private static final Map<String, String> UNWRAPPED =
            Map.of("transforms", "unwrap", "transforms.unwrap.type", "io.debezium.transforms.ExtractNewRecordState");

    private static Properties settings(TestEnvironment servers, String database, String form) {
        Properties settings = PlainConnector.settings(servers, database, "life");
        settings.setProperty("topic.prefix", "life");
        settings.setProperty("skipped.operations", "none");
        settings.setProperty("provide.transaction.metadata", Boolean.toString(form.equals("transactions")));
        for (String part : List.of("", "key.", "value.", "header.")) {
            settings.setProperty(part + "converter.schemas.enable", Boolean.toString(form.equals("schemas")));
        }
        if (form.equals("unwrapped")) {
            settings.putAll(UNWRAPPED);
        }
        return settings;
    }

    private static List<Sample> records(TestEnvironment servers, String database, String form) throws IOException {
        List<Sample> records = new CopyOnWriteArrayList<>();
        DebeziumEngine<ChangeEvent<String, String>> engine = DebeziumEngine.create(
                        KeyValueHeaderChangeEventFormat.of(Json.class, Json.class, Json.class))
                .using(settings(servers, database, form))
                .notifying(event -> records.add(
                        new Sample(event.destination(), headers(event), Optional.ofNullable(event.value()))))
                .build();
        new Thread(engine, "life").start();
        try {
            // What is written last: TRUNCATE, or with its own topic the end of its transaction.
            Awaitility.await("the records of " + form)
                    .until(() -> records.stream().anyMatch(RowLifeIT::isLast));
        } finally {
            engine.close();
        }
        return records;
    }

    private static boolean isLast(Sample sample) {
        return sample.topic().endsWith("elsewhere")
                && sample.value().filter(text -> text.contains("\"id\":99")).isPresent();
    }

    @SuppressWarnings("unchecked") // the engine was built with JSON headers
    private static Map<String, String> headers(ChangeEvent<String, String> event) {
        Map<String, String> headers = new TreeMap<>();
        for (Header<String> header : (List<Header<String>>) (List<?>) event.headers()) {
            headers.put(header.getKey(), header.getValue());
        }
        return headers;
    }

    private static String live(TestEnvironment servers) throws SQLException {
        String database = servers.createDatabase();
        try (Connection connection =
                        DriverManager.getConnection(servers.jdbcUrl(database), servers.user(), servers.password());
                Statement statement = connection.createStatement()) {
            statement.execute(RowLife.DDL);
            statement.execute(RowLife.OTHER);
            statement.execute("ALTER TABLE life REPLICA IDENTITY FULL");
            statement.execute("CREATE PUBLICATION life FOR TABLE life, elsewhere");
            statement.execute("SELECT pg_create_logical_replication_slot('" + database + "', 'pgoutput')");
            for (String sql : RowLife.STATEMENTS) {
                statement.execute(sql);
            }
            statement.execute("INSERT INTO elsewhere VALUES (99)");
        }
        return database;
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "schemas", "transactions", "unwrapped"})
    void theEngineWritesWhatTheSamplesHold(String form) throws SQLException, IOException {
        TestEnvironment servers = SharedServers.get();
        List<Sample> records = records(servers, live(servers), form).stream()
                .filter(sample -> !isLast(sample))
                .toList();
        keep(form, records);
        if (form.equals("unwrapped")) {
            assertThat(records).isNotEmpty();
            RowLifeTest.isRefusedAsFlattened(records.get(0));
        } else {
            RowLife.isToldBy(records);
        }
    }

    private static void keep(String name, List<Sample> records) throws IOException {
        String folder = System.getProperty("verifier.samples.write", "");
        if (!folder.isEmpty()) {
            Files.write(
                    Path.of(folder, name + ".ndjson"),
                    records.stream().map(Sample::line).toList());
        }
    }
}
