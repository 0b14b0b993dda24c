package io.promotionverifier.benchmarks.lap;

import io.promotionverifier.app.assembly.Assembly;
import io.promotionverifier.app.config.ConfigLoader;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.app.servers.SourceServer;
import io.promotionverifier.postgres.access.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A lap as a process: prints its pace when it has read every row, and stays until its standard input ends, so that its
 * processor time and memory can be read from outside.
 */
public final class LapMain {
    private static final int FIXED_ARGUMENTS = 3;

    private LapMain() {}

    /** Arguments: the reader's name, the number of rows, the configuration, then {@code path=value} as for --set. */
    @SuppressWarnings("SystemOut") // the pace is this process's result
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Readers reader = Readers.valueOf(arguments[0]);
        Progress progress = new Progress(Long.parseLong(arguments[1]));
        List<String> assignments = Arrays.asList(arguments).subList(FIXED_ARGUMENTS, arguments.length);
        VerifierConfig config = ConfigLoader.ofProcess()
                .load(Path.of(arguments[2]), assignments)
                .config();
        SourceServer source = SourceServer.open(config);
        reader.read(new Course(config, source, assembly(config, source)), progress);
        System.out.println(progress.pace().line());
        int end = System.in.read();
        // Not exit: nobody waits for connectors that would stop politely.
        Runtime.getRuntime().halt(end < 0 ? 0 : 1);
    }

    private static Assembly assembly(VerifierConfig config, SourceServer source) {
        try (Session session = source.access().openReadOnly()) {
            return Assembly.of(config, session);
        }
    }

    /**
     * What is read.
     *
     * @param config names slot and publication
     * @param source the server
     * @param assembly the promotions and their tables
     */
    record Course(VerifierConfig config, SourceServer source, Assembly assembly) {}
}
