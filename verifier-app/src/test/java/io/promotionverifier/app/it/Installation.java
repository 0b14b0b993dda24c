package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.promotionverifier.app.cli.CommandShell;
import io.promotionverifier.app.cli.Invocation.Terminal;
import io.promotionverifier.app.command.StandardCommands;
import io.promotionverifier.sandbox.server.SharedServers;
import io.promotionverifier.sandbox.server.TestEnvironment;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A verifier as a user installs it: a folder, a configuration file, a database, a slot and a topic prefix. */
final class Installation implements AutoCloseable {
    static final String PROMOTION = "PROMO-001";

    /** An abort on the rate is what a test asks for, never what it trips over. */
    static final String CALM = "{max: 50%, mode: strict, min_rows: 1000000}";

    private static final JsonMapper JSON = new JsonMapper();

    private static final String CASES = """
              - id: PROMO-001
                table: public.nexus_cases
                from: metadata->>'priority'
                to: priority
                type: text
                allowed: [low, normal, high, urgent]
                phase: B
                started: 2025-01-16T00:00:00Z
                owner: architecture-team
            """;

    private final TestEnvironment servers;
    private final Source source;
    private final Path folder;
    private final int port = freePort();
    private final List<DaemonProcess> daemons = new ArrayList<>();

    /** How a command ended. */
    record Ended(int exitCode, String out, String err) {
        JsonNode json() {
            try {
                return JSON.readTree(out);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("no JSON on stdout: " + out + err, e);
            }
        }
    }

    Installation(Path folder) {
        this(folder, CALM);
    }

    Installation(Path folder, String mismatchRate) {
        this(folder, mismatchRate, SharedServers.get());
    }

    Installation(Path folder, String mismatchRate, TestEnvironment servers) {
        this(folder, servers, mismatchRate, CASES);
    }

    /** On servers of its own, with promotions of its own. */
    Installation(Path folder, TestEnvironment servers, String mismatchRate, String promotions) {
        this.folder = folder;
        this.servers = servers;
        this.source = new Source(servers);
        write(text(mismatchRate) + promotions);
    }

    static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(String mismatchRate) {
        return """
                version: 1
                data: ./data
                source:
                  name: nexus
                  url: %s
                  username: %s
                  password: ${env:SOURCE_PASSWORD}
                  slot: %s
                  publication: %s
                  heartbeat: 200ms
                kafka:
                  bootstrap: %s
                  prefix: %s
                http: {bind: 127.0.0.1, port: %d}
                defaults:
                  grace: 1s
                  values: redact
                  abort:
                    mismatch_rate: %s
                    report_divergence: {max_rows: 1000000}
                promotions:
                """.formatted(
                        url(), servers.user(), source.name(), source.name(), bootstrap(), prefix(), port, mismatchRate);
    }

    /** The text of one more promotion, on a table of its own. */
    static String promotion(String table) {
        return """
                  - id: %s
                    table: public.%s
                    from: metadata->>'priority'
                    to: priority
                    phase: B
                    started: 2025-01-16T00:00:00Z
                    owner: architecture-team
                """.formatted(table, table);
    }

    private void write(String text) {
        try {
            Files.writeString(file(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces a piece of the configuration, which must be there. */
    void edit(String from, String to) {
        try {
            String text = Files.readString(file());
            if (!text.contains(from)) {
                throw new IllegalArgumentException("not in the configuration: " + from);
            }
            Files.writeString(file(), text.replace(from, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects as another role than the superuser. */
    void connectAs(String role, String password) {
        edit("username: " + servers.user(), "username: " + role);
        edit("${env:SOURCE_PASSWORD}", password);
    }

    Path file() {
        return folder.resolve("verifier.yaml");
    }

    Source source() {
        return source;
    }

    String url() {
        return servers.jdbcUrl(source.name());
    }

    String user() {
        return servers.user();
    }

    String password() {
        return servers.password();
    }

    String bootstrap() {
        return servers.bootstrap();
    }

    String prefix() {
        return source.name();
    }

    Topics topics() {
        return new Topics(servers.bootstrap(), prefix());
    }

    Page page() {
        return new Page(port);
    }

    int port() {
        return port;
    }

    Map<String, String> environment() {
        return Map.of("SOURCE_PASSWORD", servers.password());
    }

    /** Runs a command in this JVM. */
    Ended run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false, false);
        int exitCode = new CommandShell(StandardCommands::new, environment(), terminal).execute(withFile(arguments));
        return new Ended(exitCode, out.toString(), err.toString());
    }

    /** Runs a command in a JVM of its own, as a user would; whoever looks at stderr sees log lines too. */
    DaemonProcess start(String... arguments) {
        return startWith(List.of(), arguments);
    }

    /** The same with options for the JVM. */
    DaemonProcess startWith(List<String> options, String... arguments) {
        DaemonProcess process = DaemonProcess.start(folder, environment(), options, withFile(arguments));
        daemons.add(process);
        return process;
    }

    private String[] withFile(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("-c");
        all.add(file().toString());
        return all.toArray(String[]::new);
    }

    /** Starts the daemon and waits until it is ready. */
    DaemonProcess startDaemon() {
        DaemonProcess daemon = start("run");
        daemon.awaitReady(page());
        return daemon;
    }

    /** Ends every daemon with SIGTERM and waits until it is gone. */
    void stopDaemons() {
        daemons.forEach(DaemonProcess::terminate);
        daemons.forEach(daemon -> daemon.exitCode(Duration.ofSeconds(60)));
    }

    /** Every promotion's status, by its id. */
    Map<String, JsonNode> statuses() {
        Map<String, JsonNode> statuses = new TreeMap<>();
        run("status", "-o", "json")
                .json()
                .forEach(status -> statuses.put(status.path("promotion").asText(), status));
        return statuses;
    }

    /** Judges the whole history again: it must say what was published, byte by byte, through whatever happened. */
    void replaysTheSame() {
        Ended replay = run("replay", "-o", "json");
        assertThat(replay.exitCode()).as(replay.out() + replay.err()).isZero();
        assertThat(replay.json().path("differences")).isEmpty();
        assertThat(replay.json().path("not_compared").asInt(-1)).isZero();
    }

    /** The one promotion's status, as {@code status -o json} says it. */
    JsonNode status() {
        return run("status", "-o", "json").json().path(0);
    }

    /** Ends what still runs and gives the slot back. */
    @Override
    public void close() {
        daemons.forEach(DaemonProcess::close);
        source.close();
    }
}
