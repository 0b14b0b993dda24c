package io.promotionverifier.benchmarks.ladder;

import io.promotionverifier.benchmarks.lap.LapMain;
import io.promotionverifier.benchmarks.lap.Pace;
import io.promotionverifier.benchmarks.lap.Progress;
import io.promotionverifier.kafka.client.KafkaConnection;
import io.promotionverifier.kafka.topic.Topic;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Node;

/**
 * Lets one contestant read the recorded log, the history or the table, in a process of its own, and measures it.
 * Confined to one thread.
 */
final class LapRunner {
    private static final int GLANCE_MILLIS = 200;
    private static final double MILLIS = 1e3;
    private static final double NANOS = 1e9;

    private static final List<String> JVM = List.of("-Xshare:auto", "-Duser.timezone=UTC");

    private static final List<String> OF_PARTS = List.of("-Xmx512m", "-XX:+UseParallelGC");

    /** As the launcher starts a replay. */
    static final List<String> OF_REPLAY = List.of("-Xmx512m", "-XX:+UseSerialGC", "-Xmn200m", "-XX:FreqInlineSize=100");

    /** As the launcher starts the daemon, which takes the census. */
    static final List<String> OF_RUN = List.of(
            "-Xmx172m",
            "-XX:+UseParallelGC",
            "-XX:FreqInlineSize=100",
            "-Xmn96m",
            "-XX:SurvivorRatio=3",
            "-XX:-UseAdaptiveSizePolicy",
            "-XX:InitialTenuringThreshold=15");

    private static final int NATIVE_ACCESS_WARNS = 22;

    private final Scene scene;
    private final String workload;
    private Optional<Scene.Place> recorded = Optional.empty();

    LapRunner(Scene scene) {
        this(scene, scene.workload().name());
    }

    /** @param workload as it is told, if it has become another than the scene's */
    LapRunner(Scene scene, String workload) {
        this.scene = scene;
        this.workload = workload;
    }

    /** PostgreSQL's own reader, if it is installed: the embedded distribution has none. */
    static Optional<Path> pgRecvlogical() {
        return Programs.onPath("pg_recvlogical");
    }

    /** What is told behind a contestant's name: the workload, if it is not the plain one. */
    String suffix() {
        return workload.isEmpty() ? "" : "/" + workload;
    }

    /** One lap. */
    Lap run(Contestant contestant) throws IOException, SQLException, InterruptedException {
        return contestant.readsTheLog() ? onTheLog(contestant) : besides(contestant);
    }

    private Lap onTheLog(Contestant contestant) throws IOException, SQLException, InterruptedException {
        Scene.Place place = scene.nextPlace(contestant.assignments()).configuredBy(contestant.configuration(scene));
        if (contestant.needsSetup()) {
            VerifierProcess.setup(scene, place);
        }
        double broker = brokerSeconds();
        Measured measured = contestant.isWhole()
                ? whole(place, scene.workload().rows())
                : contestant == Contestant.PG_RECVLOGICAL
                        ? receive(place)
                        : child(contestant, place, rowsOf(contestant));
        if (contestant.needsSetup()) {
            measured.seconds().put("broker", brokerSeconds() - broker);
        }
        scene.leave(place);
        if (contestant == Contestant.VERIFIER) {
            recorded = Optional.of(place);
        }
        return lap(contestant, measured, contestant.records() ? historyBytes(place) : OptionalLong.empty());
    }

    private long rowsOf(Contestant contestant) {
        return contestant == Contestant.SUSPECTS
                ? scene.workload().rowsUpToLastMismatch()
                : scene.workload().rows();
    }

    /** Those that read what the last verifier recorded, or the table itself. */
    private Lap besides(Contestant contestant) throws IOException, SQLException {
        Scene.Place place = contestant.readsTheTable() ? scene.ownPlace() : recorded.orElseThrow();
        long rows = contestant.readsTheTable()
                ? Long.parseLong(scene.ask("SELECT count(*) FROM cases"))
                : scene.workload().rows();
        double broker = brokerSeconds();
        Measured measured = child(contestant, place, rows);
        if (!contestant.readsTheTable()) {
            measured.seconds().put("broker", brokerSeconds() - broker);
        }
        return lap(contestant, measured, OptionalLong.empty());
    }

    private static Lap lap(Contestant contestant, Measured measured, OptionalLong historyBytes) {
        return new Lap(contestant.title(), measured.pace(), measured.seconds(), measured.peakBytes(), historyBytes);
    }

    private OptionalLong historyBytes(Scene.Place place) throws InterruptedException {
        String topic = Topic.HISTORY.named(place.slot());
        KafkaConnection connection = new KafkaConnection(scene.servers().bootstrap(), place.slot(), Map.of());
        try (Admin admin = connection.admin()) {
            List<Integer> brokers =
                    admin.describeCluster().nodes().get().stream().map(Node::id).toList();
            return OptionalLong.of(admin.describeLogDirs(brokers).allDescriptions().get().values().stream()
                    .flatMap(folders -> folders.values().stream())
                    .flatMap(folder -> folder.replicaInfos().entrySet().stream())
                    .filter(replica -> replica.getKey().topic().equals(topic))
                    .mapToLong(replica -> replica.getValue().size())
                    .sum());
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker does not say how large " + topic + " is", e.getCause());
        }
    }

    private double brokerSeconds() {
        return ProcessMeter.cpu(scene.servers().kafka().pid()).toMillis() / MILLIS;
    }

    /** What a lap came to; the times are completed by others. */
    private record Measured(Pace pace, Map<String, Double> seconds, OptionalLong peakBytes) {}

    private Measured measured(Pace pace, Scene.Place place, long client) throws SQLException {
        Map<String, Double> seconds = new HashMap<>();
        seconds.put("client", ProcessMeter.cpu(client).toMillis() / MILLIS);
        scene.walSender(place)
                .ifPresent(pid -> seconds.put("walsender", ProcessMeter.cpu(pid).toMillis() / MILLIS));
        return new Measured(pace, seconds, ProcessMeter.peakBytes(client));
    }

    private Measured child(Contestant contestant, Scene.Place place, long rows) throws IOException, SQLException {
        Path log = scene.folder().resolve(place.slot() + ".log");
        Process process = new ProcessBuilder(line(contestant, place, rows))
                .redirectError(log.toFile())
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String end = out.readLine();
            if (end == null) {
                throw new IllegalStateException(contestant.title() + " did not finish:\n" + Files.readString(log));
            }
            return measured(Pace.parse(end), place, process.pid());
        } finally {
            process.destroy();
        }
    }

    private List<String> line(Contestant contestant, Scene.Place place, long rows) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(JVM);
        line.addAll(
                switch (contestant) {
                    case REPLAY -> OF_REPLAY;
                    case CENSUS -> OF_RUN;
                    default -> OF_PARTS;
                });
        if (Runtime.version().feature() >= NATIVE_ACCESS_WARNS) {
            line.add("--enable-native-access=ALL-UNNAMED");
        }
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), LapMain.class.getName()));
        line.addAll(List.of(
                contestant.reader().orElseThrow().name(),
                Long.toString(rows),
                place.configuration().toString()));
        line.addAll(place.assignments());
        return line;
    }

    /** How fast the verifier reads so many rows from a place. */
    Pace pace(Scene.Place place, long rows) throws IOException, SQLException, InterruptedException {
        return whole(place, rows).pace();
    }

    private Measured whole(Scene.Place place, long rows) throws IOException, SQLException, InterruptedException {
        Progress progress = new Progress(rows);
        try (VerifierProcess verifier = VerifierProcess.run(scene, place)) {
            while (!progress.isComplete()) {
                Thread.sleep(GLANCE_MILLIS);
                verifier.changes().ifPresent(progress::seen);
            }
            return measured(progress.pace(), place, verifier.pid());
        }
    }

    /** It ends by itself at a position, and says nothing on its way: its pace is that of the whole. */
    private Measured receive(Scene.Place place) throws IOException, SQLException, InterruptedException {
        String end = scene.ask("SELECT pg_current_wal_lsn()");
        List<String> line = List.of(
                pgRecvlogical().orElseThrow().toString(),
                "--dbname=host=127.0.0.1 port=" + scene.servers().postgres().port() + " user="
                        + scene.servers().user() + " dbname=postgres",
                "--slot=" + place.slot(),
                "--start",
                "--no-loop",
                "--endpos=" + end,
                "--option=proto_version=1",
                "--option=publication_names=ladder",
                "--file=/dev/null");
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().put("PGPASSWORD", scene.servers().password());
        long begin = System.nanoTime();
        Process process = builder.start();
        Measured last = measured(new Pace(0, 0, OptionalDouble.empty()), place, process.pid());
        while (process.isAlive()) {
            Measured now = measured(last.pace(), place, process.pid());
            last = now.seconds().getOrDefault("walsender", 0.0) > 0 ? now : last;
            Thread.sleep(GLANCE_MILLIS);
        }
        double seconds = (System.nanoTime() - begin) / NANOS;
        long rows = scene.workload().rows();
        return new Measured(new Pace(rows, rows / seconds, OptionalDouble.empty()), last.seconds(), last.peakBytes());
    }
}
