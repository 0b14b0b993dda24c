package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.promotionverifier.core.change.Lsn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One application watched by both captures: the server's comparison finds what ours finds, and says what it is. */
class SuspectsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long SEED = Long.getLong("verifier.seed", 20_250_116L);
    private static final String SEQUENTIAL = "{max: 1%, mode: sequential, alpha: 1%, min_rows: 10, over: 24h}";
    private static final List<String> VALUES = List.of("low", "normal", "high", "urgent");

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void bothCapturesFindTheSameAndSuspectsSaysWhatItEstimates() throws IOException {
        Files.createDirectories(folder.resolve("all"));
        Files.createDirectories(folder.resolve("suspects"));
        try (Installation all = new Installation(folder.resolve("all"), SEQUENTIAL);
                Installation suspects = new Installation(folder.resolve("suspects"), SEQUENTIAL)) {
            suspects.edit(suspects.url(), all.url());
            suspects.edit("heartbeat: 200ms", "heartbeat: 200ms\n  capture: suspects");
            refusesWithoutFull(all, suspects);
            assertThat(all.run("setup").exitCode()).isZero();
            Installation.Ended setup = suspects.run("setup");
            assertThat(setup.err()).contains("WARN suspects public.nexus_cases");
            assertThat(setup.out()).contains("WHERE (").contains("IS DISTINCT FROM (\"metadata\" ->> 'priority')");
            all.startDaemon();
            suspects.startDaemon();
            awaitCensus(all, suspects);
            write(all.source(), new Random(SEED));
            awaitAborts(all, suspects);
            sameFindings(all, suspects);
            labels(suspects);
            blindUnderAnotherClause(all.source(), suspects);
        }
    }

    private static void refusesWithoutFull(Installation all, Installation suspects) {
        Installation.Ended doctor = suspects.run("doctor");
        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(doctor.out())
                .contains("REFUSE   suspects public.nexus_cases")
                .contains("ALTER TABLE \"public\".\"nexus_cases\" REPLICA IDENTITY FULL");
        all.source().run("ALTER TABLE nexus_cases REPLICA IDENTITY FULL");
    }

    /** Clean rows, then an application that forgets half of some writes, heals some of them and deletes others. */
    private static void write(Source source, Random random) {
        source.run("INSERT INTO nexus_cases (id, metadata, priority) SELECT id, '{\"priority\": \"low\"}', 'low'"
                + " FROM generate_series(100, 3099) AS id");
        for (int i = 0; i < 150; i++) {
            long id = 100L + random.nextInt(200);
            String value = VALUES.get(random.nextInt(VALUES.size()));
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> source.setBoth(id, value);
                case 3, 4 -> source.setColumn(id, value);
                case 5 -> source.setDocument(id, value);
                case 6 -> source.delete(id);
                default -> source.run("UPDATE nexus_cases SET title = 'Case!' WHERE id = " + id);
            }
        }
        source.run("UPDATE nexus_cases SET priority = 'urgent' WHERE id BETWEEN 400 AND 520");
        source.run("UPDATE nexus_cases SET priority = 'low' WHERE id BETWEEN 500 AND 520");
        source.setColumn(5, "urgent");
        source.delete(5);
        source.run("SELECT pg_stat_force_next_flush()", "SELECT 1");
    }

    /** One that sees what is written raises an abort of its own, and who of the two is first is chance. */
    private static void awaitCensus(Installation... verifiers) {
        for (Installation verifier : verifiers) {
            await().atMost(PATIENCE)
                    .until(() -> verifier.status().at("/census/rows").asLong() > 0);
        }
    }

    private static void awaitAborts(Installation... verifiers) {
        for (Installation verifier : verifiers) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> verifier.status().at("/abort/active").asBoolean());
        }
    }

    /** Of each finding the place where it opened says which one it is. */
    private static Map<String, JsonNode> findings(Installation verifier) {
        Map<String, JsonNode> findings = new TreeMap<>();
        verifier.run("findings", "-o", "json", "--limit", "10000")
                .json()
                .forEach(finding -> findings.put(
                        finding.path("key") + " at " + finding.at("/opened/lsn").asText(), finding));
        return findings;
    }

    private static void sameFindings(Installation all, Installation suspects) {
        Lsn written = Lsn.parse(all.source().one("SELECT pg_current_wal_lsn()"));
        await().atMost(PATIENCE)
                .until(() -> after(suspects.status(), written)
                        && after(all.status(), written)
                        && suspects.status().at("/findings/suspected").asInt() == 0
                        && all.status().at("/findings/suspected").asInt() == 0);
        Map<String, JsonNode> whole = findings(all);
        Map<String, JsonNode> screened = findings(suspects);
        assertThat(screened.keySet()).as("seed %d", SEED).isEqualTo(whole.keySet());
        Set<String> ends = new TreeSet<>();
        screened.forEach((place, finding) -> {
            JsonNode other = Objects.requireNonNull(whole.get(place));
            boolean cleared = finding.path("resolution").asText().equals("cleared");
            ends.add(finding.path("resolution").asText());
            List<String> same = new ArrayList<>(List.of("kind", "opened"));
            if (!cleared) {
                same.addAll(List.of("state", "resolution", "latency_seconds", "episode"));
            }
            for (String member : same) {
                assertThat(finding.path(member)).as("%s of %s", member, place).isEqualTo(other.path(member));
            }
            if (cleared) {
                assertThat(other.path("resolution").asText()).isIn("agreed", "deleted");
                assertThat(finding.at("/settled/tx")).isEqualTo(other.at("/settled/tx"));
            }
        });
        assertThat(ends).contains("null", "cleared", "agreed");
        assertThat(suspects.status().at("/findings/confirmed").asInt())
                .isEqualTo(all.status().at("/findings/confirmed").asInt())
                .isGreaterThan(99);
    }

    private static boolean after(JsonNode status, Lsn lsn) {
        return Lsn.parse(status.at("/position/lsn").asText()).compareTo(lsn) >= 0;
    }

    private static void labels(Installation suspects) {
        JsonNode status = suspects.status();
        assertThat(status.at("/estimated/changes").asLong()).isGreaterThan(3_000);
        assertThat(status.at("/estimated/filtered").asLong()).isGreaterThan(2_500);
        assertThat(status.at("/counts/changes").asLong()).isLessThan(500);
        assertThat(status.at("/rates/window/estimated").asBoolean()).isTrue();
        assertThat(status.at("/rates/window/upper_bound").isNull()).isTrue();
        assertThat(status.at("/census/rows").asLong()).isGreaterThan(1);
        assertThat(suspects.run("status").out()).contains("suspects only").contains("estimate");
        JsonNode abort = suspects.topics().aborts().get(0).value();
        assertThat(abort.path("rule").asText()).isEqualTo("sequential");
        assertThat(abort.path("sample_estimated").asBoolean()).isTrue();
        assertThat(suspects.page().get("/metrics").body())
                .contains("verifier_changes_estimated{")
                .contains("verifier_mismatch_ratio_estimated{");
    }

    private static void blindUnderAnotherClause(Source source, Installation suspects) {
        source.run("ALTER PUBLICATION " + suspects.source().name() + " SET TABLE nexus_cases WHERE (id > 5)");
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .until(() ->
                        suspects.status().path("gaps").toString().contains("is not the one that sends the suspects"));
    }
}
