package io.promotionverifier.sandbox.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A server folder held by this process until it closes the lock or dies; the kernel then frees it, also after kill -9.
 *
 * <p>Whoever holds it may take any server still recorded in the folder for an orphan.
 */
final class FolderLock implements AutoCloseable {
    /** Closing any second channel on a locked file would drop this process's lock: ask here before opening one. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the folder, creating it where needed.
     *
     * @throws FolderInUseException if this or another living process holds it
     */
    static FolderLock take(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.toRealPath().resolve("sandbox.lock");
        if (!HELD.add(file)) {
            throw new FolderInUseException(folder, ProcessHandle.current().pid() + " (this one)");
        }
        try {
            return new FolderLock(file, lock(folder, file));
        } catch (IOException | RuntimeException failure) {
            HELD.remove(file);
            throw failure;
        }
    }

    private static FileChannel lock(Path folder, Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new FolderInUseException(folder, Files.readString(file).strip());
        }
        channel.truncate(0);
        String holder = ProcessHandle.current().pid() + "\n";
        channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.US_ASCII)));
        return channel;
    }

    /** Gives the folder back. */
    @Override
    public void close() throws IOException {
        channel.close();
        HELD.remove(file);
    }
}
