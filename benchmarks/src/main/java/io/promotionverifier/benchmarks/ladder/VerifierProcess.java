package io.promotionverifier.benchmarks.ladder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The verifier as its users start it: the launcher of the distribution, seen through its HTTP surface. */
final class VerifierProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final Path log;
    private final URI status;

    private VerifierProcess(Scene scene, Process process, Path log) {
        this.process = process;
        this.log = log;
        this.status = URI.create("http://127.0.0.1:" + scene.httpPort() + "/api/v1/status");
    }

    /** Runs {@code setup} to its end. */
    static void setup(Scene scene, Scene.Place place) throws IOException, InterruptedException {
        Path log = scene.folder().resolve(place.slot() + ".setup.log");
        Process process = start(place, log, "setup");
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("setup failed:\n" + Files.readString(log));
        }
    }

    /** Starts {@code run}; what it does is seen from outside. */
    static VerifierProcess run(Scene scene, Scene.Place place) throws IOException {
        Path log = scene.folder().resolve(place.slot() + ".log");
        return new VerifierProcess(scene, start(place, log, "run"), log);
    }

    /** How long {@code status} takes, from its start to its end. */
    static Duration status(Scene scene, Scene.Place place) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process process = start(place, scene.folder().resolve(place.slot() + ".status.log"), "status");
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("status does not end");
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static Process start(Scene.Place place, Path log, String command) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("verifier.home"), "bin", "verifier").toString(),
                command,
                "-c",
                place.configuration().toString()));
        place.assignments().forEach(assignment -> line.addAll(List.of("--set", assignment)));
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    long pid() {
        return process.pid();
    }

    /** The row changes that its last checkpoint counts; absent until it answers. */
    Optional<Long> changes() throws IOException, InterruptedException {
        return status().map(first -> first.at("/counts/changes").asLong());
    }

    /** True when a census has ended. */
    boolean hasCounted() throws IOException, InterruptedException {
        return status().filter(first -> first.path("census").isObject()).isPresent();
    }

    private Optional<JsonNode> status() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException("the verifier ended:\n" + Files.readString(log));
        }
        try {
            byte[] body = client.send(HttpRequest.newBuilder(status).build(), BodyHandlers.ofByteArray())
                    .body();
            JsonNode first = JSON.readTree(body).path(0);
            return first.isMissingNode() ? Optional.empty() : Optional.of(first);
        } catch (java.net.ConnectException notYet) {
            return Optional.empty();
        }
    }

    /** Asks it to end, and waits until it has. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
