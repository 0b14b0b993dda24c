package io.promotionverifier.sandbox.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files of one PostgreSQL: data, settings, password and log in one folder, and the commands that work on them.
 *
 * @param folder the folder, absolute
 * @param binaries the installation that runs it
 * @param account the user it runs as
 */
record PostgresCluster(Path folder, PostgresBinaries binaries, PostgresAccount account) {
    private static final Duration INITDB_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    Path data() {
        return folder.resolve("data");
    }

    ServerLog log() {
        return new ServerLog(folder.resolve("postgres.log"));
    }

    String password() throws IOException {
        return Files.readString(folder.resolve("password")).strip();
    }

    /** Creates the database cluster where there is none; a draft that was killed half-way is thrown away. */
    void create(boolean durable) throws IOException {
        if (Files.exists(data())) {
            account.own(data());
            return;
        }
        Path draft = folder.resolve("data.draft");
        Folders.delete(draft);
        Files.createDirectory(draft);
        account.own(draft);
        Path password = writePassword();
        account.own(password);
        long mark = log().mark();
        if (Command.run(initdb(draft, password, durable), log().append(), INITDB_LIMIT) != 0) {
            throw new SandboxException("initdb failed in " + folder + ":\n" + log().since(mark));
        }
        Files.move(draft, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private List<String> initdb(Path target, Path password, boolean durable) {
        List<String> line = new ArrayList<>(List.of(
                binaries.program("initdb"),
                "--pgdata=" + target,
                "--username=" + EmbeddedPostgres.USER,
                "--encoding=UTF8",
                "--locale=C",
                "--auth=scram-sha-256",
                "--pwfile=" + password));
        if (!durable) {
            line.add("--no-sync");
        }
        return account.line(line);
    }

    private Path writePassword() throws IOException {
        byte[] secret = new byte[12];
        new SecureRandom().nextBytes(secret);
        Path file = folder.resolve("password");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, HexFormat.of().formatHex(secret) + "\n");
    }

    /** Writes the whole configuration anew, so that a start depends on nothing that an earlier one left. */
    void configure(PostgresOptions options, int port) throws IOException {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "listen_addresses", "127.0.0.1",
                "unix_socket_directories", "",
                "wal_level", "logical",
                "max_wal_senders", "20",
                "max_replication_slots", "20",
                "synchronous_commit", "on",
                "timezone", "UTC",
                "log_timezone", "UTC",
                "log_checkpoints", "off"));
        settings.put("fsync", options.durable() ? "on" : "off");
        settings.putAll(options.settings());
        settings.put("port", Integer.toString(port));
        StringBuilder text = new StringBuilder("# Written by the sandbox at every start.\n");
        settings.forEach((name, value) -> text.append(name)
                .append(" = '")
                .append(value.replace("'", "''"))
                .append("'\n"));
        Files.writeString(data().resolve("postgresql.conf"), text);
    }

    /** Stops a postmaster that outlived both its verifier and its guardian; the caller holds the folder's lock. */
    void stopOrphan() throws IOException {
        Optional<ProcessHandle> recorded = postmasterPid().flatMap(ProcessHandle::of);
        if (recorded.isPresent() && !runsHere(recorded.get())) {
            // The process id was given to someone else: left there, the file would keep PostgreSQL from starting.
            Files.delete(pidFile());
        }
        rest();
    }

    /** Stops the server if it runs, so that a start always begins from rest. */
    void rest() throws IOException {
        if (postmasterPid().flatMap(ProcessHandle::of).filter(this::runsHere).isPresent()) {
            stop("fast");
        }
    }

    private boolean runsHere(ProcessHandle process) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains("postgres") && line.contains(data().toString()))
                .isPresent();
    }

    Optional<Long> postmasterPid() throws IOException {
        if (!Files.exists(pidFile())) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile());
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(Long.valueOf(lines.get(0).strip()));
    }

    private Path pidFile() {
        return data().resolve("postmaster.pid");
    }

    /** Runs {@code pg_ctl start}; false if the server did not come up. */
    boolean start() throws IOException {
        return Command.run(control("-t", "60", "start"), log().append(), Duration.ofSeconds(70)) == 0;
    }

    /** Runs {@code pg_ctl stop} with the mode and, should that take too long, with {@code immediate}. */
    void stop(String mode) throws IOException {
        int code = Command.run(control("-t", "20", "-m", mode, "stop"), log().append(), STOP_LIMIT);
        if (code != 0 && Command.run(control("-m", "immediate", "stop"), log().append(), STOP_LIMIT) != 0) {
            throw new SandboxException("PostgreSQL in " + folder + " could not be stopped; its log is " + log().file());
        }
    }

    /** Runs {@code pg_ctl stop -m fast}; false if the server did not stop in time. */
    boolean stopFast(int seconds) throws IOException {
        List<String> stop = control("-t", Integer.toString(seconds), "-m", "fast", "stop");
        return Command.run(stop, log().append(), STOP_LIMIT) == 0;
    }

    private List<String> control(String... words) {
        List<String> line = new ArrayList<>(List.of(binaries.program("pg_ctl"), "-D", data().toString(), "-w"));
        line.addAll(List.of(words));
        return account.line(line);
    }
}
