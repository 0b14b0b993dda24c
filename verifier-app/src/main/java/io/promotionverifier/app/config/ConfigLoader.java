package io.promotionverifier.app.config;

import io.promotionverifier.app.config.form.Shown;
import io.promotionverifier.app.config.tree.ConfigNode;
import io.promotionverifier.app.config.tree.ConfigNode.Mapping;
import io.promotionverifier.app.config.tree.Overrides;
import io.promotionverifier.app.config.tree.Place;
import io.promotionverifier.app.config.tree.Problems;
import io.promotionverifier.app.config.tree.References;
import io.promotionverifier.app.config.tree.YamlTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a configuration: file, {@code --set}, references, defaults, then every check, so that all problems are told at
 * once. Immutable; safe for use by many threads.
 *
 * @param environment the environment's variables, for {@code ${env:X}}
 */
public record ConfigLoader(Map<String, String> environment) {
    private static final long LARGEST_BYTES = 1024 * 1024;
    /** A policy runs nowhere. */
    private static final String NOWHERE = "{source: {name: policy, url: embedded}, kafka: {bootstrap: embedded}}";

    private static final Set<String> OPEN_SECTIONS = Set.of("source.debezium", "kafka.client");

    /** A loader that sees this process's environment. */
    public static ConfigLoader ofProcess() {
        return new ConfigLoader(System.getenv());
    }

    /**
     * Reads a file.
     *
     * @param file the file, named as problems shall name it
     * @param assignments {@code path=value} of each {@code --set}, in order
     * @throws ConfigException with every problem, if there is one
     */
    public LoadedConfig load(Path file, List<String> assignments) {
        Problems problems = new Problems();
        Optional<String> text = text(file, problems);
        if (text.isEmpty()) {
            throw new ConfigException(problems.inReadingOrder());
        }
        return load(file, text.get(), assignments);
    }

    /**
     * Reads the policy of a file: a whole configuration, or {@code defaults} and {@code promotions} alone. Where it
     * would run is neither asked nor read.
     *
     * @throws ConfigException with every problem, if there is one
     */
    public LoadedConfig loadPolicy(Path file) {
        Problems problems = new Problems();
        Optional<LoadedConfig> loaded = text(file, problems)
                .flatMap(text -> YamlTree.read(file.toString(), text, "", problems))
                .map(tree -> tree instanceof Mapping given ? policyOnly(file, given, problems) : tree)
                .flatMap(tree -> read(file, tree, List.of(), problems));
        noteEmpty(file, loaded, problems);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems.inReadingOrder());
        }
        return loaded.orElseThrow();
    }

    private static ConfigNode policyOnly(Path file, Mapping given, Problems problems) {
        Mapping kept = (Mapping) YamlTree.read(file.toString(), NOWHERE, "", problems)
                .orElseThrow(() -> new IllegalStateException(NOWHERE));
        for (ConfigNode.Entry entry : given.entries()) {
            if (ConfigKeys.ROOT.keys().stream().noneMatch(key -> key.name().equals(entry.key()))) {
                problems.add(entry.place(), entry.key(), "is no key of a configuration");
            }
        }
        for (String key : List.of("version", "defaults", "promotions")) {
            Optional<ConfigNode> node = given.find(key);
            if (node.isPresent()) {
                kept = kept.with(key, node.get().place(), node.get());
            }
        }
        return kept;
    }

    /**
     * Reads a text as if it stood in a file, which need not exist.
     *
     * @param file the file that problems name and that relative paths start at
     * @param text the YAML
     * @param assignments {@code path=value} of each {@code --set}, in order
     * @throws ConfigException with every problem, if there is one
     */
    public LoadedConfig load(Path file, String text, List<String> assignments) {
        Problems problems = new Problems();
        Optional<LoadedConfig> loaded = YamlTree.read(file.toString(), text, "", problems)
                .flatMap(tree -> read(file, tree, assignments, problems));
        noteEmpty(file, loaded, problems);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems.inReadingOrder());
        }
        return loaded.orElseThrow();
    }

    private static void noteEmpty(Path file, Optional<LoadedConfig> loaded, Problems problems) {
        if (loaded.isEmpty() && problems.isEmpty()) {
            problems.add(Place.of(file.toString()), "", "is empty");
        }
    }

    private Optional<LoadedConfig> read(Path file, ConfigNode tree, List<String> assignments, Problems problems) {
        Path folder = folder(file);
        ConfigNode assigned = new Overrides(OPEN_SECTIONS).apply(tree, assignments, problems);
        ConfigNode resolved = new References(environment, folder).resolve(assigned, problems);
        if (!(resolved instanceof Mapping given)) {
            problems.add(resolved, "a configuration is a section of keys, not " + resolved.shape());
            return Optional.empty();
        }
        Mapping root = PolicyMerge.apply(given);
        Optional<Shown<VerifierConfig>> read = ConfigKeys.ROOT.read(root, problems);
        CrossChecks.check(root, problems);
        return read.map(shown -> new LoadedConfig(
                shown.value().withDataUnder(folder), shown.shown().deepCopy()));
    }

    private static Path folder(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    private static Optional<String> text(Path file, Problems problems) {
        Place place = Place.of(file.toString());
        try {
            if (!Files.exists(file)) {
                problems.add(place, "", "no such file; name the configuration with -c FILE");
            } else if (Files.isDirectory(file)) {
                problems.add(place, "", "is a folder; name the configuration with -c FILE");
            } else if (Files.size(file) > LARGEST_BYTES) {
                problems.add(place, "", "is larger than 1 MiB");
            } else {
                ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
                String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
                return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
            }
        } catch (CharacterCodingException e) {
            problems.add(place, "", "is not UTF-8");
        } catch (IOException e) {
            problems.add(place, "", "not readable (" + e.getClass().getSimpleName() + ")");
        }
        return Optional.empty();
    }
}
