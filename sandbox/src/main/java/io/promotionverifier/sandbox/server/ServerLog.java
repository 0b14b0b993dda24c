package io.promotionverifier.sandbox.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A server's log file, read from a mark to its end to explain a failed start. */
final class ServerLog {
    private static final int TAIL_BYTES = 4096;

    private final Path file;

    ServerLog(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    ProcessBuilder.Redirect append() {
        return ProcessBuilder.Redirect.appendTo(file.toFile());
    }

    long mark() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /** Returns at most the last 4 KiB written after the mark. */
    String since(long mark) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            long start = Math.max(mark, channel.size() - TAIL_BYTES);
            ByteBuffer tail = ByteBuffer.allocate((int) Math.max(0, channel.size() - start));
            channel.position(start);
            while (tail.hasRemaining() && channel.read(tail) >= 0) {}
            return new String(tail.array(), 0, tail.position(), StandardCharsets.UTF_8);
        }
    }
}
