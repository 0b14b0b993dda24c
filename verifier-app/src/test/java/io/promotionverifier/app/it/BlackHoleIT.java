package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network swallows every connection without a word. */
class BlackHoleIT {
    /** Half a minute, and what a busy machine takes to say so. */
    private static final Duration NOTICED = Duration.ofSeconds(30).plusSeconds(5);

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void connectionsThatAreSwallowedMakeItBlindAndAreBuiltAnew() {
        try (Installation verifier = new Installation(folder)) {
            Statuses statuses = new Statuses(verifier);
            assertThat(verifier.run("setup").exitCode()).isZero();
            int port = URI.create(verifier.url().substring("jdbc:".length())).getPort();
            try (TcpProxy network = new TcpProxy(port)) {
                verifier.edit(":" + port + "/", ":" + network.port() + "/");
                DaemonProcess daemon = verifier.startDaemon();
                verifier.source().setColumn(1, "high");
                statuses.awaitOne("the first row", seen -> Statuses.changes(seen) == 1);

                network.swallow();
                verifier.source().setColumn(2, "high");
                JsonNode blind = Awaitility.await("blind").atMost(NOTICED).until(verifier::status, Statuses::isBlind);
                assertThat(Statuses.reason(blind)).contains("nothing came back through the log");
                Awaitility.await("nobody knows how far behind")
                        .atMost(NOTICED)
                        .untilAsserted(
                                () -> assertThat(verifier.page().get("/metrics").body())
                                        .containsPattern("verifier_source_lag_seconds\\{source=\"\\w+\"} NaN")
                                        .containsPattern("verifier_source_lag_bytes\\{source=\"\\w+\"} NaN"));
                network.heal();
                JsonNode after = statuses.awaitOne(
                        "seeing again", seen -> Statuses.changes(seen) == 2 && !Statuses.isBlind(seen));
                assertThat(after.path("gaps")).isEmpty();
                assertThat(daemon.isAlive()).isTrue();
                assertThat(verifier.page().get("/metrics").body())
                        .contains("verifier_engine_restarts_total{cause=\"silence\"");
            }
        }
    }
}
