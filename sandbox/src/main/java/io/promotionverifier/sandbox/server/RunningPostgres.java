package io.promotionverifier.sandbox.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An embedded PostgreSQL that another process holds: enough to connect to it. Immutable.
 *
 * @param port its port on 127.0.0.1
 * @param password the superuser's password
 */
public record RunningPostgres(int port, String password) {
    /** In postmaster.pid: process id, data folder, start time, port. See PostgreSQL, pidfile.h. */
    private static final int PORT_LINE = 3;

    /**
     * The server that runs in the folder, whoever started it; empty if none does.
     *
     * @throws SandboxException if the folder cannot be read
     */
    public static Optional<RunningPostgres> in(Path folder) {
        Path recorded = folder.resolve("data").resolve("postmaster.pid");
        try {
            if (!Files.exists(recorded)) {
                return Optional.empty();
            }
            List<String> lines = Files.readAllLines(recorded);
            boolean alive = lines.size() > PORT_LINE
                    && ProcessHandle.of(Long.parseLong(lines.get(0).strip())).isPresent();
            return alive
                    ? Optional.of(new RunningPostgres(
                            Integer.parseInt(lines.get(PORT_LINE).strip()),
                            Files.readString(folder.resolve("password")).strip()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new SandboxException("cannot see whether PostgreSQL runs in " + folder + ": " + e.getMessage());
        }
    }

    /** The JDBC address of a database on this server, without user and password. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }
}
