package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.promotionverifier.sandbox.server.SharedServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The change topics of a connector that ran before the verifier came: they tell what a slot of our own would have. */
class ExistingTopicsIT {
    private static final List<String> TABLES = List.of("busy", "idle");
    private static final String PROMOTIONS =
            TABLES.stream().map(Installation::promotion).collect(Collectors.joining());

    @TempDir
    private Path folder = Path.of(".");

    private static void tables(Source application) {
        for (String table : TABLES) {
            application.run(
                    "CREATE TABLE " + table
                            + " (id bigint PRIMARY KEY, metadata jsonb, priority text DEFAULT 'normal')",
                    "INSERT INTO " + table + " (id, metadata, priority)"
                            + " SELECT id, '{\"priority\": \"low\"}', 'low' FROM generate_series(1, 20) AS id");
        }
    }

    private static void firstWrites(Source application) {
        application.run(
                "UPDATE busy SET priority = 'high' WHERE id = 1",
                "UPDATE busy SET priority = 'high', metadata = '{\"priority\": \"high\"}' WHERE id = 2",
                "UPDATE busy SET priority = NULL WHERE id = 3",
                "INSERT INTO busy (id, metadata, priority) SELECT id, '{\"priority\": \"low\"}', 'low'"
                        + " FROM generate_series(100, 199) AS id",
                "UPDATE busy SET id = 1004, priority = 'odd' WHERE id = 4",
                "DELETE FROM busy WHERE id = 5");
        application.together(
                "UPDATE busy SET priority = 'x' WHERE id = 6",
                "UPDATE idle SET priority = 'x' WHERE id = 6",
                "UPDATE busy SET priority = 'low' WHERE id = 6");
    }

    private static void laterWrites(Source application) {
        application.run(
                "UPDATE busy SET priority = 'low' WHERE id = 1",
                "UPDATE busy SET metadata = NULL WHERE id BETWEEN 100 AND 149",
                "UPDATE busy SET priority = NULL WHERE id BETWEEN 100 AND 149");
        application.together(
                "UPDATE idle SET priority = 'y' WHERE id = 7", "UPDATE busy SET priority = 'z' WHERE id = 150");
        application.run(
                "INSERT INTO idle (id, metadata, priority) VALUES (200, '{\"priority\": \"a\"}', 'a')",
                "UPDATE busy SET priority = 'w' WHERE id = 1004");
    }

    private static Map<String, Object> told(Installation verifier) {
        Map<String, Object> told = new TreeMap<>();
        verifier.statuses().forEach((promotion, status) -> {
            told.put(promotion + " counts", status.path("counts").toString());
            told.put(promotion + " kinds", status.path("kinds").toString());
            told.put(promotion + " gaps", status.path("gaps").size());
            told.put(
                    promotion + " open",
                    status.at("/findings/suspected").asInt() + " "
                            + status.at("/findings/confirmed").asInt());
        });
        return told;
    }

    private static Predicate<Map<String, JsonNode>> changes(int busy, int idle) {
        return statuses -> count(statuses, "busy") == busy
                && count(statuses, "idle") == idle
                && statuses.values().stream()
                        .allMatch(status -> status.at("/findings/suspected").asInt() == 0);
    }

    private static int count(Map<String, JsonNode> statuses, String promotion) {
        JsonNode status = statuses.get(promotion);
        return status == null ? 0 : status.at("/counts/changes").asInt();
    }

    private Installation installed(String name) throws IOException {
        Installation made = new Installation(
                Files.createDirectory(folder.resolve(name)), SharedServers.get(), Installation.CALM, PROMOTIONS);
        tables(made.source());
        return made;
    }

    private static void readTopics(Installation verifier) {
        StringBuilder connector = new StringBuilder("mode: topics\n  connector:\n");
        Connector.properties(verifier)
                .forEach((name, value) -> connector
                        .append("    ")
                        .append(name)
                        .append(": \"")
                        .append(value)
                        .append("\"\n"));
        verifier.edit("heartbeat: 200ms\n", "heartbeat: 200ms\n  " + connector);
    }

    /** While nobody reads, rows are written and fall out of the topic. */
    private static void whatRetentionRemovedIsAGap(Installation verifier) {
        String topic = "cdc-" + verifier.prefix() + ".public.idle";
        Topics topics = verifier.topics();
        long judged = topics.end(topic);
        verifier.source().run("UPDATE idle SET priority = 'lost' WHERE id = 8");
        Awaitility.await("the row is in the topic").until(() -> topics.end(topic) > judged);
        topics.deleteBefore(topic, judged + 1);
        verifier.startDaemon();
        JsonNode idle = new Statuses(verifier)
                .await(
                        "the gap",
                        statuses -> statuses.getOrDefault("idle", MissingNode.getInstance())
                                        .path("gaps")
                                        .size()
                                == 1)
                .getOrDefault("idle", MissingNode.getInstance());
        assertThat(idle.at("/gaps/0/reason").asText()).contains("no longer holds offset", topic);
        assertThat(idle.path("verdict").asText()).isEqualTo("BLIND");
        verifier.stopDaemons();
        verifier.replaysTheSame();
    }

    @Test
    void theTopicsTellWhatASlotOfOurOwnTells() throws IOException {
        try (Installation twin = installed("twin");
                Installation verifier = installed("topics")) {
            readTopics(verifier);
            verifier.source().run("CREATE PUBLICATION " + verifier.source().name() + " FOR ALL TABLES");
            Connector.createTopics(verifier, Map.of("public.busy", 3, "public.idle", 1, "message", 1));
            try (Connector connector = new Connector(verifier, folder)) {
                Awaitility.await("the connector's slot")
                        .until(() -> verifier.source().slots().equals("1"));
                Installation.Ended setup = verifier.run("setup");
                assertThat(setup.exitCode()).as(setup.err()).isZero();
                assertThat(twin.run("setup").exitCode()).isZero();
                DaemonProcess daemon = verifier.startDaemon();
                twin.startDaemon();
                firstWrites(verifier.source());
                firstWrites(twin.source());
                connector.forget();
                new Statuses(verifier).await("first writes", changes(107, 1));
                daemon.kill();
                laterWrites(verifier.source());
                laterWrites(twin.source());
                connector.restart();
                verifier.startDaemon();

                new Statuses(twin).await("twin", changes(210, 3));
                new Statuses(verifier).await("topics", changes(210, 3));
                assertThat(told(verifier)).isEqualTo(told(twin));
                assertThat(told(verifier)).containsEntry("busy gaps", 0);
                verifier.replaysTheSame();
                verifier.stopDaemons();
                whatRetentionRemovedIsAGap(verifier);
                assertThat(verifier.run("uninstall", "--yes").exitCode()).isZero();
                assertThat(verifier.source().slots()).isEqualTo("1");
            }
        }
    }
}
