package io.promotionverifier.app.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.promotionverifier.sandbox.server.EmbeddedPostgres;
import io.promotionverifier.sandbox.server.PostgresOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that writes down every statement, and what one role sent it. */
final class StatementLog {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern SAID =
            Pattern.compile("(?:statement|execute [^:]*|received replication command): (.*)", Pattern.DOTALL);

    private final Path file;

    /**
     * A statement.
     *
     * @param user the role
     * @param application its application name
     * @param pid the server process
     * @param sql the text, blanks folded
     * @param detail the bound values as the server prints them
     */
    record Logged(String user, String application, int pid, String sql, String detail) {}

    StatementLog(EmbeddedPostgres server) {
        this.file = server.directory().resolve("data/log/statements.json");
    }

    /** A server that logs them. */
    static PostgresOptions options() {
        return PostgresOptions.temporary()
                .withSetting("logging_collector", "on")
                .withSetting("log_destination", "jsonlog")
                .withSetting("log_directory", "log")
                .withSetting("log_filename", "statements.log")
                .withSetting("log_rotation_age", "0")
                .withSetting("log_rotation_size", "0")
                .withSetting("log_statement", "all")
                .withSetting("log_replication_commands", "on");
    }

    /** Every statement, in the order of the log; a line that is still being written is none. */
    List<Logged> statements() {
        List<Logged> statements = new ArrayList<>();
        try {
            String log = Files.readString(file);
            for (String line :
                    log.substring(0, log.lastIndexOf('\n') + 1).lines().toList()) {
                statement(JSON.readTree(line)).ifPresent(statements::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return statements;
    }

    private static Optional<Logged> statement(JsonNode line) {
        Matcher said = SAID.matcher(line.path("message").asText());
        return said.matches()
                ? Optional.of(new Logged(
                        line.path("user").asText(),
                        line.path("application_name").asText(),
                        line.path("pid").asInt(),
                        said.group(1).replaceAll("\\s+", " ").strip(),
                        line.path("detail").asText()))
                : Optional.empty();
    }
}
