package io.promotionverifier.sandbox.server;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What to start: a broker that keeps its log in the folder, or a temporary one.
 *
 * @param directory where log and process record live; empty for a temporary folder that goes at close
 * @param port a fixed port on loopback, or 0 for a free one
 * @param classPath the broker's own class path, as {@code java -cp} takes it; empty to read
 *     {@link #CLASS_PATH_PROPERTY}
 * @param settings broker settings beside our own, which they override
 */
public record KafkaOptions(
        Optional<Path> directory, int port, Optional<String> classPath, Map<String, String> settings) {
    /** The port on which the product's broker is found. */
    public static final int PRODUCT_PORT = 19092;

    /** The system property that names the broker's class path. */
    public static final String CLASS_PATH_PROPERTY = "verifier.broker.classpath";

    public KafkaOptions {
        settings = Map.copyOf(settings);
    }

    /** A broker on a free port that keeps its log in the folder. */
    public static KafkaOptions in(Path directory) {
        return new KafkaOptions(Optional.of(directory), 0, Optional.empty(), Map.of());
    }

    /** A broker on a free port in a temporary folder. */
    public static KafkaOptions temporary() {
        return new KafkaOptions(Optional.empty(), 0, Optional.empty(), Map.of());
    }

    /** The same on a fixed port. */
    public KafkaOptions withPort(int port) {
        return new KafkaOptions(directory, port, classPath, settings);
    }

    /** The same with a class path of its own. */
    public KafkaOptions withClassPath(String classPath) {
        return new KafkaOptions(directory, port, Optional.of(classPath), settings);
    }

    /** The same with one more broker setting. */
    public KafkaOptions withSetting(String name, String value) {
        Map<String, String> more = new TreeMap<>(settings);
        more.put(name, value);
        return new KafkaOptions(directory, port, classPath, more);
    }
}
