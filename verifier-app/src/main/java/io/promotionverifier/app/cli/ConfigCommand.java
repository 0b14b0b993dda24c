package io.promotionverifier.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.promotionverifier.app.config.ConfigException;
import io.promotionverifier.app.config.ConfigSchema;
import io.promotionverifier.app.config.tree.ConfigProblem;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

/** {@code verifier config}: the configuration itself is the result, so its problems go to stdout. */
@Command(name = "config", description = "Check or show the configuration.", synopsisSubcommandLabel = "COMMAND")
final class ConfigCommand {
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build();

    private final Supplier<Invocation> invocation;

    ConfigCommand(Supplier<Invocation> invocation) {
        this.invocation = invocation;
    }

    /** Tells every problem at once. */
    @Command(name = "check", description = "Tell every problem at once, with line, column and key.")
    int check() {
        Invocation call = invocation.get();
        List<ConfigProblem> problems = problems(call);
        switch (call.output()) {
            case TEXT -> {
                problems.forEach(problem -> call.print(problem.toString()));
                if (problems.isEmpty()) {
                    call.print(call.configFile() + ": OK");
                }
            }
            case JSON -> {
                ObjectNode result = JsonNodeFactory.instance.objectNode();
                result.put("file", call.configFile().toString()).put("valid", problems.isEmpty());
                problems.forEach(problem -> result.withArray("problems").add(json(problem)));
                result.withArray("problems");
                call.print(result.toPrettyString());
            }
            case NDJSON -> problems.forEach(problem -> call.print(json(problem).toString()));
        }
        return (problems.isEmpty() ? ExitCode.OK : ExitCode.BAD_CONFIGURATION).code();
    }

    /** Prints the effective values. */
    @Command(name = "show", description = "Print the effective values: defaults filled, secrets masked.")
    int show() {
        Invocation call = invocation.get();
        ObjectNode effective = call.loaded().effective();
        call.print(
                switch (call.output()) {
                    case TEXT -> text(YAML, effective).stripTrailing();
                    case JSON -> effective.toPrettyString();
                    case NDJSON -> effective.toString();
                });
        return ExitCode.OK.code();
    }

    /** Prints the JSON Schema; needs no configuration. */
    @Command(name = "schema", description = "Print the JSON Schema of the configuration, for editors.")
    int schema() {
        invocation.get().print(ConfigSchema.document().toPrettyString());
        return ExitCode.OK.code();
    }

    private static List<ConfigProblem> problems(Invocation call) {
        try {
            call.loaded();
            return List.of();
        } catch (ConfigException e) {
            return e.problems();
        }
    }

    private static ObjectNode json(ConfigProblem problem) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("origin", problem.place().origin());
        if (problem.place().hasLine()) {
            json.put("line", problem.place().line())
                    .put("column", problem.place().column());
        } else {
            json.putNull("line").putNull("column");
        }
        return json.put("key", problem.path()).put("message", problem.message());
    }

    private static String text(ObjectMapper mapper, JsonNode node) {
        try {
            return mapper.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values could not be written", e);
        }
    }
}
