package io.promotionverifier.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An ordinary user's process that holds both servers is killed; if root runs the tests, it becomes nobody for that. */
final class KilledHolderIT {
    private Path folder = Path.of("");

    @BeforeEach
    void createFolder() throws IOException {
        folder = Folders.temporary();
    }

    @AfterEach
    void deleteFolder() throws IOException {
        Folders.delete(folder);
    }

    @Test
    void noServerOutlivesAKilledHolderAndTheNextStartFindsAllItWrote()
            throws IOException, SQLException, ExecutionException, InterruptedException {
        Path home = folder.resolve("home");
        Files.createDirectory(home);
        Process holder = start(home);
        String line = Command.firstLine(holder, Duration.ofSeconds(60)).orElse("");
        List<Long> servers =
                Arrays.stream(line.split(" ", -1)).map(Long::valueOf).toList();
        assertThat(servers).hasSize(3).allMatch(pid -> ProcessHandle.of(pid).isPresent());

        holder.destroyForcibly();

        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        servers.stream().allMatch(pid -> ProcessHandle.of(pid).isEmpty()));
        try (Sandbox next = Sandbox.start(home)) {
            assertThat(Rows.one(next.postgres(), "SELECT n FROM kept")).isEqualTo("42");
            assertThat(Records.committed(next.bootstrap(), "kept")).containsExactly("42");
        }
    }

    private Process start(Path home) throws IOException {
        boolean root = PostgresAccount.root();
        List<String> line = new ArrayList<>(root ? PostgresAccount.NOBODY.prefix() : List.of());
        line.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dverifier.cache.directory=" + home.resolve("cache"),
                "-Dverifier.broker.classpath=" + readable("verifier.broker.classpath"),
                "-cp",
                readable("java.class.path"),
                SandboxHolder.class.getName(),
                home.toString()));
        if (root) {
            PostgresAccount.NOBODY.own(home);
        }
        return new ProcessBuilder(line).redirectError(Redirect.INHERIT).start();
    }

    /** Links a class path to where nobody can read it: root's Maven repository is closed to others. */
    private String readable(String property) throws IOException {
        Path links = Files.createDirectory(folder.resolve(property));
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty(property).split(File.pathSeparator, -1)) {
            Path from = Path.of(entry.endsWith("*") ? entry.substring(0, entry.length() - 1) : entry);
            Path to = links.resolve(entries.size() + from.getFileName().toString());
            link(from, to);
            entries.add(entry.endsWith("*") ? to + "/*" : to.toString());
        }
        return entries.stream().collect(Collectors.joining(File.pathSeparator));
    }

    private static void link(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = file.equals(from) ? to : to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectory(target);
                } else if (file.toString().endsWith(".jar")) {
                    Files.createLink(target, file);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
