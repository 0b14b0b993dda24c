package io.promotionverifier.benchmarks.ladder;

import io.promotionverifier.sandbox.server.KafkaOptions;
import io.promotionverifier.sandbox.server.PostgresOptions;
import io.promotionverifier.sandbox.server.Sandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Servers of our own, one table, and a log that was recorded once: a slot that nobody reads keeps it, and each lap
 * reads a copy of that slot, so everybody reads the same. Confined to one thread.
 */
final class Scene implements AutoCloseable {
    /** What a configuration has otherwise where the server compares first. */
    static final List<String> SCREENED = List.of("source.capture=suspects", "source.publication=screened");

    private static final String MASTER = "master";
    private static final String ALL = "ladder";
    private static final String SUSPECTS = "screened";

    private final Path folder;
    private final Sandbox servers;
    private final Connection connection;
    private final Workload workload;
    private final int httpPort;
    private int laps;

    private Scene(Path folder, Workload workload, String buffers) throws IOException, SQLException {
        this.folder = folder;
        this.workload = workload;
        this.httpPort = freePort();
        this.servers = Sandbox.start(
                PostgresOptions.temporary().withSetting("max_wal_size", "8GB").withSetting("shared_buffers", buffers),
                KafkaOptions.temporary());
        this.connection = open();
    }

    /** Starts the servers, sets the verifier up, and records the workload. */
    static Scene record(Path folder, Workload workload) throws IOException, SQLException, InterruptedException {
        Scene scene = new Scene(folder, workload, "256MB");
        try {
            Files.writeString(scene.configuration(), scene.yaml(workload.promotions()));
            Files.writeString(scene.configurationOfAllColumns(), scene.yaml(Workload.COLUMNS.size()));
            scene.run(Workload.table().toArray(String[]::new));
            VerifierProcess.setup(scene, scene.place(MASTER, List.of()));
            if (workload.isPlain()) {
                VerifierProcess.setup(scene, scene.place(SUSPECTS, SCREENED));
            }
            scene.run(workload.sql(), "VACUUM ANALYZE cases");
            return scene;
        } catch (IOException | SQLException | InterruptedException | RuntimeException e) {
            scene.close();
            throw e;
        }
    }

    /**
     * A table of so many rows, written before anybody watches; no slot and no log. The server has a quarter of the
     * memory for its buffers, as one in use has.
     */
    static Scene table(Path folder, long rows) throws IOException, SQLException {
        Workload workload = Workload.plain(0);
        Scene scene = new Scene(folder, workload, Machine.memoryBytes() / 4 / 1024 / 1024 + "MB");
        try {
            Files.writeString(scene.configuration(), scene.yaml(workload.promotions()));
            scene.run(Workload.table().toArray(String[]::new));
            scene.run(workload.fill(rows), "VACUUM ANALYZE cases", "CHECKPOINT");
            return scene;
        } catch (IOException | SQLException | RuntimeException e) {
            scene.close();
            throw e;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private String yaml(int promotions) {
        StringBuilder yaml = new StringBuilder("""
                version: 1
                data: ./data
                source:
                  {name: bench, url: "%s", username: %s, password: "%s", slot: %s, publication: ladder}
                kafka: {bootstrap: "%s", prefix: %s}
                http: {bind: 127.0.0.1, port: %d}
                promotions:
                """.formatted(
                        servers.jdbcUrl("postgres"),
                        servers.user(),
                        servers.password(),
                        MASTER,
                        servers.bootstrap(),
                        MASTER,
                        httpPort));
        for (String column : Workload.COLUMNS.subList(0, promotions)) {
            String name = column.substring(0, column.indexOf(' '));
            yaml.append("""
                      - {id: %s, table: public.cases, from: [metadata, %s], to: %s, phase: B, owner: bench}
                    """.formatted(name, name, name));
        }
        return yaml.toString();
    }

    /** A session of the application. */
    Connection open() throws SQLException {
        return DriverManager.getConnection(servers.jdbcUrl("postgres"), servers.user(), servers.password());
    }

    /** Runs statements as the application would, each in a transaction of its own. */
    void run(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /**
     * Where one lap reads and writes.
     *
     * @param configuration its file
     * @param slot its slot
     * @param assignments what its configuration has otherwise than the file, as {@code --set} takes it
     */
    record Place(Path configuration, String slot, List<String> assignments) {
        Place {
            assignments = List.copyOf(assignments);
        }

        /** The same with another file. */
        Place configuredBy(Path other) {
            return new Place(other, slot, assignments);
        }
    }

    private Place place(String slot, List<String> further) {
        List<String> assignments = new ArrayList<>(List.of("source.slot=" + slot, "kafka.prefix=" + slot));
        assignments.addAll(further);
        return new Place(configuration(), slot, assignments);
    }

    /** A slot at the beginning of the recorded log, and a topic prefix of the same name. */
    Place nextPlace(List<String> further) throws SQLException {
        String slot = "lap_" + ++laps;
        run("SELECT pg_copy_logical_replication_slot('" + MASTER + "', '" + slot + "')");
        return place(slot, further);
    }

    /** Writes as much as was recorded once more. */
    void writeAgain() throws SQLException {
        run(workload.sql());
    }

    /**
     * As the configuration stands: for who reads no slot, or the one that the log was recorded for. Who reads that
     * leaves it to nobody else, and the server may forget it.
     */
    Place ownPlace() {
        return place(MASTER, List.of());
    }

    /**
     * What the server sends where it compares first, as a share of what it sends of everything: bytes of its messages.
     */
    double suspectsShare() throws SQLException {
        return bytes(SUSPECTS) / bytes(ALL);
    }

    private double bytes(String publication) throws SQLException {
        Place place = nextPlace(List.of());
        double bytes = Double.parseDouble(ask("SELECT sum(length(data)) FROM pg_logical_slot_peek_binary_changes('"
                + place.slot() + "', NULL, NULL, 'proto_version', '1', 'publication_names', '" + publication + "')"));
        run("SELECT pg_drop_replication_slot('" + place.slot() + "')");
        return bytes;
    }

    /** A slot that {@code setup} will create. */
    Place placeToBe() {
        return place("lap_" + ++laps, List.of());
    }

    /** A slot at the end of the log: for what is written from now on. */
    Place placeAtEnd(List<String> further) throws SQLException {
        String slot = "lap_" + ++laps;
        run("SELECT pg_create_logical_replication_slot('" + slot + "', 'pgoutput')");
        return place(slot, further);
    }

    /** Lets go of a lap's slot once its reader is gone. */
    void leave(Place place) throws SQLException, InterruptedException {
        while (walSender(place).isPresent()) {
            Thread.sleep(20);
        }
        run("SELECT pg_drop_replication_slot('" + place.slot() + "')");
    }

    /** The process that sends a slot's log, while somebody reads it. */
    OptionalLong walSender(Place place) throws SQLException {
        String sql = "SELECT active_pid FROM pg_replication_slots WHERE slot_name = '" + place.slot() + "'";
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            long pid = rows.next() ? rows.getLong(1) : 0;
            return pid == 0 ? OptionalLong.empty() : OptionalLong.of(pid);
        }
    }

    /** Whether a commit waits for the disk. */
    void durable(String fsync) throws SQLException {
        run("ALTER SYSTEM SET fsync = " + fsync, "SELECT pg_reload_conf()");
    }

    /** One text that the server says. */
    String ask(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    Path folder() {
        return folder;
    }

    Path configuration() {
        return folder.resolve("verifier.yaml");
    }

    /** As {@link #configuration}, with a promotion of each column. */
    Path configurationOfAllColumns() {
        return folder.resolve("all-columns.yaml");
    }

    Workload workload() {
        return workload;
    }

    int httpPort() {
        return httpPort;
    }

    Sandbox servers() {
        return servers;
    }

    @Override
    public void close() throws SQLException {
        try (servers) {
            connection.close();
        }
    }
}
