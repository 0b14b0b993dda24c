package io.promotionverifier.sandbox.server;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The shell that starts PostgreSQL, sits on a pipe from us, and stops PostgreSQL when the pipe ends.
 *
 * <p>The kernel ends the pipe however we die, so PostgreSQL never outlives us. Signals meant for the terminal or the
 * service group must not stop it earlier: the verifier's last checkpoint still needs the server. POSIX sh only.
 */
final class PostgresGuardian implements AutoCloseable {
    private static final String SCRIPT = """
            trap '' INT TERM HUP
            log=$1 data=$2 record=$3 control=$4
            shift 4
            echo $$ >"$record"
            if "$@" "$control" -D "$data" -w -t 60 start >>"$log" 2>&1 </dev/null; then
              echo READY
              cat >/dev/null
              "$@" "$control" -D "$data" -w -t 20 -m fast stop >>"$log" 2>&1 ||
                "$@" "$control" -D "$data" -w -m immediate stop >>"$log" 2>&1
            else
              echo FAILED
            fi
            rm -f "$record"
            """;

    /** Longer than the two stops of the script together. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process shell;

    private PostgresGuardian(Process shell) {
        this.shell = shell;
    }

    static PostgresGuardian start(PostgresCluster cluster) throws IOException {
        List<String> line = new ArrayList<>(List.of("sh", "-c", SCRIPT, "guardian"));
        line.add(cluster.log().file().toString());
        line.add(cluster.data().toString());
        line.add(record(cluster).toString());
        line.add(cluster.binaries().program("pg_ctl"));
        line.addAll(cluster.account().prefix());
        Process shell = Command.of(line)
                .redirectInput(Redirect.PIPE)
                .redirectError(cluster.log().append())
                .start();
        return new PostgresGuardian(shell);
    }

    /**
     * Waits until the guardian of an earlier life has done its work: later it would stop the new server.
     *
     * <p>The caller holds the folder's lock, so that earlier life is over.
     */
    static void awaitOrphan(PostgresCluster cluster) throws IOException {
        Path record = record(cluster);
        String pid = Files.exists(record) ? Files.readString(record).strip() : "";
        if (!pid.isEmpty()) {
            ProcessHandle.of(Long.parseLong(pid))
                    .filter(process -> guards(process, record))
                    .filter(process -> !Command.exited(process, PATIENCE))
                    .ifPresent(ProcessHandle::destroyForcibly);
        }
        Files.deleteIfExists(record);
    }

    private static boolean guards(ProcessHandle process, Path record) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains(record.toString()))
                .isPresent();
    }

    private static Path record(PostgresCluster cluster) {
        return cluster.folder().resolve("guardian.pid");
    }

    /** Waits for the server; false if it did not come up. */
    boolean ready() {
        return Command.firstLine(shell, Duration.ofSeconds(70))
                .filter("READY"::equals)
                .isPresent();
    }

    long pid() {
        return shell.pid();
    }

    /** Ends the pipe and waits until the server has stopped. */
    @Override
    public void close() throws IOException {
        shell.getOutputStream().close();
        if (!Command.exited(shell, PATIENCE)) {
            throw new SandboxException("PostgreSQL did not stop in time; its guardian is process " + shell.pid());
        }
    }
}
