package io.promotionverifier.sandbox.server;

/** One way to start a {@link TestEnvironment}, found by {@link java.util.ServiceLoader}. */
public interface TestEnvironmentFactory {
    /** The value of {@code verifier.test.environment} that asks for this one. */
    String name();

    /**
     * Starts both servers.
     *
     * @throws SandboxException if this machine cannot run them; never skips
     */
    TestEnvironment start();
}
