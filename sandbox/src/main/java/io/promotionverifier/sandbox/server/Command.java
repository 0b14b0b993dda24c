package io.promotionverifier.sandbox.server;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Child processes with a neutral environment, and waiting for them with a limit. */
final class Command {
    private static final Redirect NOTHING = Redirect.from(new File("/dev/null"));

    private Command() {}

    /** A builder whose environment holds no locale and none of libpq's variables. */
    static ProcessBuilder of(List<String> line) {
        ProcessBuilder builder = new ProcessBuilder(line).redirectInput(NOTHING);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    /** Runs the line to its end and returns its exit code; past the limit it is killed and the code is -1. */
    static int run(List<String> line, Redirect output, Duration limit) throws IOException {
        Process process =
                of(line).redirectErrorStream(true).redirectOutput(output).start();
        if (exited(process, limit)) {
            return process.exitValue();
        }
        process.destroyForcibly();
        return -1;
    }

    static boolean exited(Process process, Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    static boolean exited(ProcessHandle process, Duration limit) {
        return within(process.onExit(), limit).isPresent() || !process.isAlive();
    }

    /** Returns the first line on the process's standard output; empty past the limit or if it ends without one. */
    static Optional<String> firstLine(Process process, Duration limit) {
        BufferedReader output = process.inputReader();
        CompletableFuture<Optional<String>> line = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(output, line), "first-line-" + process.pid());
        reader.setDaemon(true);
        reader.start();
        return within(line, limit).flatMap(text -> text);
    }

    private static void read(BufferedReader output, CompletableFuture<Optional<String>> line) {
        try {
            line.complete(Optional.ofNullable(output.readLine()));
        } catch (IOException ended) {
            line.completeExceptionally(ended);
        }
    }

    private static <T> Optional<T> within(CompletableFuture<T> result, Duration limit) {
        try {
            return Optional.of(result.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            return Optional.empty();
        } catch (ExecutionException failure) {
            throw new SandboxException("A child process could not be read: " + failure.getCause(), failure);
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    private static SandboxException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new SandboxException("Interrupted while waiting for a child process; it may still run.", cause);
    }
}
