package io.promotionverifier.app.cli;

import io.promotionverifier.app.metrics.Meters.BuildInfo;
import picocli.CommandLine.IVersionProvider;

/** What {@code -V} prints. */
final class VersionLines implements IVersionProvider {
    @Override
    public String[] getVersion() {
        BuildInfo build = Build.current();
        return new String[] {
            "verifier " + build.version(),
            "debezium " + build.debezium(),
            "kafka " + build.kafka(),
            "java " + build.java()
        };
    }
}
