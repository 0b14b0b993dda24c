package io.promotionverifier.sandbox.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * The entry point of the broker process: {@code BrokerMain DIRECTORY CLIENT_PORT CONTROLLER_PORT [NAME=VALUE ...]}.
 *
 * <p>Prints {@code READY} on standard output once clients are served. Standard input is the rope to the parent: its
 * end, which the kernel brings about even after kill -9 of the parent, stops the broker cleanly.
 */
public final class BrokerMain {
    private BrokerMain() {}

    /** Runs the broker until standard input ends; a failure is printed on standard error and exits with 1. */
    public static void main(String[] arguments) {
        try {
            serve(
                    Path.of(arguments[0]).toAbsolutePath(),
                    Integer.parseInt(arguments[1]),
                    Integer.parseInt(arguments[2]),
                    List.of(arguments).subList(3, arguments.length));
        } catch (IOException | RuntimeException failure) {
            failure.printStackTrace();
            System.exit(1);
        }
    }

    private static void serve(Path directory, int clientPort, int controllerPort, List<String> overrides)
            throws IOException {
        BrokerRecord.write(directory, clientPort);
        Properties settings = BrokerSettings.of(directory.resolve("log"), clientPort, controllerPort);
        for (String override : overrides) {
            int equals = override.indexOf('=');
            settings.setProperty(override.substring(0, equals), override.substring(equals + 1));
        }
        format(Path.of(settings.getProperty("log.dirs")));
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, directory), "stop"));
        server.startup();
        System.out.println("READY");
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }

    private static void stop(KafkaRaftServer server, Path directory) {
        server.shutdown();
        BrokerRecord.delete(directory);
    }

    private static void format(Path log) throws IOException {
        Files.createDirectories(log);
        Formatter formatter = new Formatter()
                .setPrintStream(System.err)
                .setNodeId(1)
                .setClusterId(clusterId(log.resolve("meta.properties")))
                .addDirectory(log.toString())
                .setMetadataLogDirectory(log.toString())
                .setControllerListenerName(BrokerSettings.CONTROLLER)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setIgnoreFormatted(true);
        try {
            formatter.run();
        } catch (Exception failure) {
            throw new IOException("the Kafka log folder " + log + " could not be formatted", failure);
        }
    }

    private static String clusterId(Path identity) throws IOException {
        if (!Files.exists(identity)) {
            return Uuid.randomUuid().toString();
        }
        Properties recorded = new Properties();
        try (Reader text = Files.newBufferedReader(identity)) {
            recorded.load(text);
        }
        return recorded.getProperty("cluster.id");
    }
}
