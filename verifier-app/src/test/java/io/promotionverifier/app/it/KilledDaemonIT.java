package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 while the application writes, again and again: the counts are those of what was written. */
class KilledDaemonIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int KILLS = 3;
    private static final int TRANSACTIONS = 400;
    private static final long SEED = Long.getLong("verifier.seed", System.nanoTime());

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void theCountsAreExactHoweverOftenTheDaemonIsKilled() {
        System.out.println("KilledDaemonIT: -Dverifier.seed=" + SEED);
        try (Installation verifier = new Installation(folder)) {
            assertThat(verifier.run("setup").exitCode()).isZero();
            Application application = new Application(verifier.source(), SEED);
            Random random = new Random(SEED);
            List<JsonNode> seen = new ArrayList<>();
            DaemonProcess daemon = verifier.startDaemon();
            for (int kill = 1; kill <= KILLS; kill++) {
                int until = application.written() + TRANSACTIONS / 4 + random.nextInt(TRANSACTIONS / 2);
                CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> application.write(TRANSACTIONS));
                await().pollInterval(Duration.ofMillis(1)).atMost(PATIENCE).until(() -> application.written() >= until);
                daemon.kill();
                seen.add(verifier.status());
                daemon = verifier.startDaemon();
                writing.join();
            }
            seen.add(await().atMost(PATIENCE)
                    .until(
                            verifier::status,
                            status -> isThrough(status, application.open())
                                    && status.at("/counts/changes").asInt() >= changes(application)));

            countsAreExact(seen.get(KILLS), application);
            countersNeverFall(verifier, seen);
            nothingWasToldTwice(verifier, application);
        }
    }

    private static int changes(Application application) {
        return application.counts().getOrDefault("changes", 0);
    }

    private static boolean isThrough(JsonNode status, int open) {
        return status.at("/findings/suspected").asInt() == 0
                && status.at("/findings/confirmed").asInt() == open;
    }

    private static void countsAreExact(JsonNode status, Application application) {
        Map<String, Integer> counts = new TreeMap<>();
        status.path("counts")
                .properties()
                .forEach(member -> counts.put(member.getKey(), member.getValue().asInt()));
        assertThat(counts).isEqualTo(application.counts());

        int episodes = 0;
        for (JsonNode figure : status.path("findings")) {
            episodes += figure.asInt();
        }
        assertThat(episodes).isEqualTo(application.episodes());
        assertThat(status.path("gaps")).isEmpty();
    }

    private static void countersNeverFall(Installation verifier, List<JsonNode> seen) {
        assertThat(seen).extracting(KilledDaemonIT::changes).isSorted();
        assertThat(verifier.topics().counters())
                .isNotEmpty()
                .extracting(event -> changes(event.value()))
                .isSorted();
        assertThat(verifier.topics().statuses())
                .extracting(event -> changes(event.value()))
                .isSorted();
    }

    private static int changes(JsonNode figures) {
        return figures.at("/counts/changes").asInt();
    }

    private static void nothingWasToldTwice(Installation verifier, Application application) {
        List<Topics.Event> findings = verifier.topics().findings();
        assertThat(findings).extracting(Topics.Event::id).doesNotHaveDuplicates();
        assertThat(verifier.topics().counters()).extracting(Topics.Event::id).doesNotHaveDuplicates();
        assertThat(verifier.topics().changes())
                .hasSize(changes(application))
                .extracting(Topics.Event::id)
                .doesNotHaveDuplicates();
        assertThat(verifier.topics().history()).extracting(Topics.Event::id).doesNotHaveDuplicates();
        // A row that changes while it is suspected is told again as opened: the same finding, another event.
        assertThat(findings.stream()
                        .filter(event -> event.type().equals("verifier.finding.opened.v1"))
                        .map(event -> event.value().path("id").asText())
                        .distinct())
                .hasSize(application.episodes());
    }
}
