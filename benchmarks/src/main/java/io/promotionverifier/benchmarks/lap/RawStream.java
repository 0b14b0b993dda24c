package io.promotionverifier.benchmarks.lap;

import io.promotionverifier.benchmarks.lap.LapMain.Course;
import java.nio.ByteBuffer;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.PGReplicationStream;

/** The driver's replication stream: what any reader in Java pays before it understands a byte. */
final class RawStream {
    private static final int STEP = 512;

    private RawStream() {}

    static void read(Course course, Progress progress) {
        try (var connection = DriverManager.getConnection(course.source().url(), login(course))) {
            PGReplicationStream stream = connection
                    .unwrap(PGConnection.class)
                    .getReplicationAPI()
                    .replicationStream()
                    .logical()
                    .withSlotName(course.config().source().slot())
                    .withSlotOption("proto_version", 1)
                    .withSlotOption(
                            "publication_names", course.config().source().publication())
                    .start();
            long rows = 0;
            while (!progress.isComplete()) {
                rows += isRow(stream.read()) ? 1 : 0;
                if (rows % STEP == 0 || rows == progress.expected()) {
                    progress.seen(rows);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the slot cannot be read", e);
        }
    }

    private static Properties login(Course course) {
        Properties login = new Properties();
        PGProperty.USER.set(login, course.source().user());
        PGProperty.PASSWORD.set(login, course.source().password().reveal());
        PGProperty.REPLICATION.set(login, "database");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(login, "9.4");
        PGProperty.PREFER_QUERY_MODE.set(login, "simple");
        return login;
    }

    /** The first byte tells: insert, update or delete. */
    private static boolean isRow(ByteBuffer message) {
        byte kind = message.get(message.position());
        return kind == 'I' || kind == 'U' || kind == 'D';
    }
}
