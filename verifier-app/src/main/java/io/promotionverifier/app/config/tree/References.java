package io.promotionverifier.app.config.tree;

import io.promotionverifier.app.config.tree.ConfigNode.Scalar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resolves {@code ${env:NAME}} and {@code ${file:/path}} inside scalars. A file's last line break is not part of its
 * value; a relative path starts at the configuration's folder. An unresolved reference is a problem, never an empty
 * text.
 *
 * @param environment the environment's variables
 * @param folder the configuration's folder
 */
public record References(Map<String, String> environment, Path folder) {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)(}?)");
    private static final long LARGEST_FILE_BYTES = 64 * 1024;

    /** The tree with every reference resolved; what could not be is noted and left without a text. */
    public ConfigNode resolve(ConfigNode root, Problems problems) {
        return root.mapScalars(scalar -> scalar.raw().contains("${") ? resolve(scalar, problems) : scalar);
    }

    private Scalar resolve(Scalar scalar, Problems problems) {
        StringBuilder text = new StringBuilder();
        boolean complete = true;
        Matcher reference = REFERENCE.matcher(scalar.raw());
        while (reference.find()) {
            Optional<String> value = reference.group(2).isEmpty()
                    ? unresolved(scalar, "\"${\" without \"}\"", problems)
                    : value(reference.group(1), scalar, problems);
            complete &= value.isPresent();
            reference.appendReplacement(text, Matcher.quoteReplacement(value.orElse("")));
        }
        reference.appendTail(text);
        Optional<String> resolved = complete ? Optional.of(text.toString()) : Optional.empty();
        return new Scalar(scalar.place(), scalar.path(), scalar.raw(), resolved, true);
    }

    private Optional<String> value(String reference, Scalar scalar, Problems problems) {
        if (reference.startsWith("env:")) {
            String name = reference.substring("env:".length());
            Optional<String> value = Optional.ofNullable(environment.get(name));
            return value.isPresent()
                    ? value
                    : unresolved(scalar, "${" + reference + "}: no such environment variable", problems);
        }
        if (reference.startsWith("file:")) {
            return content(reference, scalar, problems);
        }
        return unresolved(scalar, "${" + reference + "}: write ${env:NAME} or ${file:/path}", problems);
    }

    private Optional<String> content(String reference, Scalar scalar, Problems problems) {
        String shown = "${" + reference + "}: ";
        try {
            Path file = folder.resolve(reference.substring("file:".length()));
            if (!Files.isRegularFile(file)) {
                return unresolved(scalar, shown + (Files.exists(file) ? "not a file" : "no such file"), problems);
            }
            if (Files.size(file) > LARGEST_FILE_BYTES) {
                return unresolved(scalar, shown + "larger than 64 KiB", problems);
            }
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return Optional.of(text.replaceFirst("\\r?\\n\\z", ""));
        } catch (IOException | InvalidPathException e) {
            return unresolved(scalar, shown + "not readable (" + e.getClass().getSimpleName() + ")", problems);
        }
    }

    private static Optional<String> unresolved(Scalar scalar, String message, Problems problems) {
        problems.add(scalar, message);
        return Optional.empty();
    }
}
