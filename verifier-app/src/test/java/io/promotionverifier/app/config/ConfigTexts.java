package io.promotionverifier.app.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.promotionverifier.app.config.tree.ConfigProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Configurations for tests, read from texts in a folder. */
record ConfigTexts(Path folder, Map<String, String> environment) {
    /** The least that is a configuration; lines can be added below, for promotions come last. */
    static final String LEAST = """
            source: {name: nexus, url: embedded}
            kafka: {bootstrap: embedded}
            promotions:
              - id: P1
                table: public.cases
                from: metadata->>'priority'
                to: priority
            """;

    static String contract() {
        try (@Nullable InputStream text = ConfigTexts.class.getResourceAsStream("contract.yaml")) {
            if (text == null) {
                throw new IllegalStateException("contract.yaml is not on the class path");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LoadedConfig load(String text, String... assignments) {
        return new ConfigLoader(environment).load(written(text), List.of(assignments));
    }

    VerifierConfig read(String text, String... assignments) {
        return load(text, assignments).config();
    }

    /** The problem lines, the folder's path left out. */
    List<String> problems(String text, String... assignments) {
        return problemsOf(written(text), assignments);
    }

    List<String> problemsOf(Path file, String... assignments) {
        ConfigException refused = catchThrowableOfType(
                ConfigException.class, () -> new ConfigLoader(environment).load(file, List.of(assignments)));
        return Optional.ofNullable(refused).map(ConfigException::problems).orElse(List.of()).stream()
                .map(ConfigProblem::toString)
                .map(line -> line.replace(folder + "/", ""))
                .toList();
    }

    private Path written(String text) {
        try {
            return Files.writeString(folder.resolve("verifier.yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
