package io.promotionverifier.sandbox.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.promotionverifier.sandbox.server.SandboxException;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;

/** What the containers environment does where there is no Docker engine. */
final class ContainersFactoryIT {
    @Test
    void withoutADockerEngineItFailsInsteadOfSkipping() {
        assumeThat(DockerClientFactory.instance().isDockerAvailable())
                .as("a Docker engine answers")
                .isFalse();
        ContainersFactory factory = new ContainersFactory();
        assertThat(factory.name()).isEqualTo("containers");
        assertThatThrownBy(factory::start)
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("No Docker engine");
    }
}
