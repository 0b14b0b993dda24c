package io.promotionverifier.postgres.oracle;

import io.promotionverifier.sandbox.server.PostgresOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The servers that are asked: those that the build unpacked, the oldest and the newest major version. */
public final class OracleServers {
    /** Each of its folders is named like a version and holds one archive. */
    private static final String ARCHIVES = System.getProperty("verifier.postgres.archives", "");

    private OracleServers() {}

    /** The versions; without the build, as in an IDE, the one on the class path. */
    public static List<String> versions() {
        return ARCHIVES.isEmpty() ? List.of("embedded") : listed(Path.of(ARCHIVES), "");
    }

    /** A temporary server of a version. */
    public static PostgresOptions options(String version) {
        PostgresOptions options = PostgresOptions.temporary().withSetting("timezone", "UTC");
        if (ARCHIVES.isEmpty()) {
            return options;
        }
        Path folder = Path.of(ARCHIVES, version);
        return options.withBinaries(folder.resolve(listed(folder, ".txz").get(0)));
    }

    private static List<String> listed(Path folder, String ending) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
