package io.promotionverifier.sandbox.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The broker that {@code broker.pid} of a folder records, if it still runs.
 *
 * @param process the living broker
 * @param port its client port
 */
record BrokerFile(ProcessHandle process, int port) {
    private static final Pattern BLANK = Pattern.compile(" ");
    private static final Duration CLOCK_STEP = Duration.ofSeconds(10);

    /** Reads the record; empty where there is none, or where its process id belongs to someone else by now. */
    static Optional<BrokerFile> read(Path folder) throws IOException {
        Path file = folder.resolve("broker.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> fields =
                BLANK.splitAsStream(Files.readString(file).strip()).toList();
        Instant started = Instant.ofEpochMilli(Long.parseLong(fields.get(1)));
        int port = Integer.parseInt(fields.get(2));
        return ProcessHandle.of(Long.parseLong(fields.get(0)))
                .filter(process -> startedAt(process, started))
                .map(process -> new BrokerFile(process, port));
    }

    private static boolean startedAt(ProcessHandle process, Instant recorded) {
        return process.info()
                .startInstant()
                .filter(start -> Duration.between(start, recorded).abs().compareTo(CLOCK_STEP) < 0)
                .isPresent();
    }
}
