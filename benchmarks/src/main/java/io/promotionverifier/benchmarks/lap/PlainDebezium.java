package io.promotionverifier.benchmarks.lap;

import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import io.promotionverifier.benchmarks.lap.LapMain.Course;
import io.promotionverifier.postgres.engine.ServerAddress;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.connect.source.SourceRecord;

/** Debezium's embedded engine with a handler that counts: the ceiling of everything that is built on it. */
final class PlainDebezium {
    static final Map<String, String> TUNED = Map.of(
            "max.batch.size", "512",
            "max.queue.size", "4096",
            "poll.interval.ms", "10",
            "statistics.metrics.enabled", "false");

    private PlainDebezium() {}

    static void read(Course course, Progress progress, Map<String, String> tuning) throws InterruptedException {
        Properties properties = properties(course);
        properties.putAll(tuning);
        CountDownLatch complete = new CountDownLatch(1);
        DebeziumEngine<RecordChangeEvent<SourceRecord>> engine = DebeziumEngine.create(
                        ChangeEventFormat.of(Connect.class))
                .using(properties)
                .notifying((records, committer) -> {
                    progress.seen(progress.rows() + rows(records));
                    if (progress.isComplete()) {
                        complete.countDown();
                    }
                })
                .build();
        Thread thread = new Thread(engine, "engine");
        thread.setDaemon(true);
        thread.start();
        complete.await();
    }

    private static long rows(List<RecordChangeEvent<SourceRecord>> records) {
        return records.stream()
                .filter(event -> event.record().valueSchema() != null
                        && event.record().valueSchema().field("op") != null)
                .count();
    }

    private static Properties properties(Course course) {
        ServerAddress address = ServerAddress.parse(course.source().url());
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "name", "plain",
                "topic.prefix", "plain",
                "connector.class", "io.debezium.connector.postgresql.PostgresConnector",
                "plugin.name", "pgoutput",
                "snapshot.mode", "no_data",
                "publication.autocreate.mode", "disabled",
                "offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore",
                "slot.name", course.config().source().slot(),
                "publication.name", course.config().source().publication()));
        properties.putAll(Map.of(
                "database.hostname", address.host(),
                "database.port", Integer.toString(address.port()),
                "database.dbname", address.database(),
                "database.user", course.source().user(),
                "database.password", course.source().password().reveal()));
        return properties;
    }
}
