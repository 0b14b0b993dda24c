package io.promotionverifier.sandbox.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/**
 * The file {@code broker.pid}: process id, start of the process in epoch milliseconds, client port, on one line.
 *
 * <p>The start time makes it safe against a reused process id. Written by the broker itself, so that it is there even
 * if the parent dies in the same moment.
 */
final class BrokerRecord {
    private BrokerRecord() {}

    static void write(Path directory, int clientPort) throws IOException {
        Files.createDirectories(directory);
        ProcessHandle self = ProcessHandle.current();
        long started = self.info().startInstant().orElse(Instant.EPOCH).toEpochMilli();
        Path draft = directory.resolve("broker.pid.draft");
        Files.writeString(draft, self.pid() + " " + started + " " + clientPort + "\n");
        Files.move(draft, file(directory), StandardCopyOption.ATOMIC_MOVE);
    }

    static void delete(Path directory) {
        try {
            Files.deleteIfExists(file(directory));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path file(Path directory) {
        return directory.resolve("broker.pid");
    }
}
