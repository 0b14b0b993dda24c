package io.promotionverifier.app.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The checkout that the tests run in. */
public final class Checkout {
    static final Path ROOT = root();

    private Checkout() {}

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docker-compose.yml"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException(
                        "no docker-compose.yml above " + Path.of("").toAbsolutePath());
            }
            folder = parent;
        }
        return folder;
    }

    static Path file(String path) {
        return ROOT.resolve(path).normalize();
    }

    /** The text of a file of the checkout. */
    public static String text(String path) {
        try {
            return Files.readString(file(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines that say something: no comments, no empty ones. */
    static List<String> rules(String path) {
        return text(path)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }
}
