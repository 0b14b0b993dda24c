package io.promotionverifier.app.cli;

import io.promotionverifier.app.metrics.Meters.BuildInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What was built and what it runs on. */
public final class Build {
    private Build() {}

    /** The versions of this process. */
    public static BuildInfo current() {
        Properties versions = new Properties();
        try (InputStream resource = Build.class.getResourceAsStream("build.properties")) {
            if (resource == null) {
                throw new IllegalStateException("build.properties is not on the class path");
            }
            versions.load(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new BuildInfo(
                versions.getProperty("version", ""),
                versions.getProperty("debezium", ""),
                versions.getProperty("kafka", ""),
                Runtime.version().toString());
    }
}
