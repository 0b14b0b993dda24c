package io.promotionverifier.app.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the build has made for users, and daemons of tests run from, with its classes prepared for this Java. */
final class Distribution {
    private static final Path HOME =
            Path.of(System.getProperty("verifier.root", "."), "verifier-app", "target", "verifier");

    /** Beside the distribution, not in it: the launcher may find a newer Java than this one. */
    private static final Path ARCHIVE = HOME.resolveSibling("tests-" + Runtime.version() + ".jsa");

    private Distribution() {}

    static String classPath() {
        return HOME.resolve("lib").resolve("*").toString();
    }

    /** The archive of its classes, made when there is none or it is older than they are. */
    static synchronized Path archive() {
        try {
            if (!Files.exists(ARCHIVE) || isOlderThanTheJars()) {
                make();
            }
            return ARCHIVE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean isOlderThanTheJars() throws IOException {
        return Files.getLastModifiedTime(ARCHIVE).compareTo(Files.getLastModifiedTime(HOME.resolve("lib"))) < 0;
    }

    private static void make() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        HOME.resolve("bin").resolve("make-archive").toString(), ARCHIVE.toString())
                .inheritIO();
        builder.environment().put("VERIFIER_JAVA_HOME", System.getProperty("java.home"));
        int end = builder.start().waitFor();
        if (end != 0) {
            throw new IllegalStateException("make-archive ended with " + end);
        }
    }
}
