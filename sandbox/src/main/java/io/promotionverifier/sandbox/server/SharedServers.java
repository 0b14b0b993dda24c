package io.promotionverifier.sandbox.server;

import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL and one Kafka for all test classes of a JVM, started at the first use, stopped at its end.
 *
 * <p>The system property {@code verifier.test.environment} chooses: {@code embedded} (the default), or another one by
 * the name of its {@link TestEnvironmentFactory}.
 */
public final class SharedServers {
    /** The system property that chooses the environment. */
    public static final String PROPERTY = "verifier.test.environment";

    private SharedServers() {}

    /**
     * Returns the shared servers; safe from any thread.
     *
     * @throws SandboxException if they cannot be started here; the next call tries again
     */
    public static TestEnvironment get() {
        return Holder.get();
    }

    static TestEnvironment start(String name) {
        if ("embedded".equals(name)) {
            return Sandbox.startTemporary();
        }
        return ServiceLoader.load(TestEnvironmentFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(factory -> factory.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new SandboxException("-D" + PROPERTY + "=" + name + " names no environment on the"
                        + " class path; `embedded` is always there, `containers` comes with the sandbox's tests."))
                .start();
    }

    /** Holds the pair once it runs. */
    private static final class Holder {
        private static @Nullable TestEnvironment running;

        static synchronized TestEnvironment get() {
            TestEnvironment servers = running;
            if (servers == null) {
                servers = start(System.getProperty(PROPERTY, "embedded"));
                Runtime.getRuntime().addShutdownHook(new Thread(servers::close, "stop-shared-servers"));
                running = servers;
            }
            return servers;
        }
    }
}
