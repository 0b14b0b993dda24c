package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Daemon, broker and server are killed again and again while the application writes; in the end the verifier says what
 * the database alone says: counters, findings, history, aborts, nothing twice and nothing missing.
 *
 * <p>{@code -Pcrash} deals 500 blows; {@code -Dverifier.seed=} repeats the workload and the order of the blows.
 */
class CrashIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final int KILLS = Integer.getInteger("verifier.crash.kills", 20);
    private static final int CHANGES = Integer.getInteger("verifier.crash.changes", 200_000);
    private static final int CHANGES_PER_SECOND = Integer.getInteger("verifier.crash.rate", 1_600);
    private static final long SEED = Long.getLong("verifier.seed", System.nanoTime());

    /** Crosses its limit early, and stays aborted. */
    private static final String BROKEN = "    abort: {mismatch_rate: {max: 0.05%, mode: strict, min_rows: 100}}\n";

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void whateverIsKilledTheVerifierSaysWhatTheDatabaseSays() {
        System.out.println("CrashIT: -Dverifier.seed=" + SEED);
        try (CrashServers servers = new CrashServers();
                Installation verifier = new Installation(folder, servers, Installation.CALM, promotions())) {
            Source source = verifier.source();
            for (CrashTable table : CrashTable.values()) {
                source.run(table.ddl());
            }
            source.run(CrashTable.AUDIT);
            Installation.Ended setup = verifier.run("setup");
            assertThat(setup.exitCode()).as(setup.err()).isZero();

            Instant begun = Instant.now();
            CrashRun run = new CrashRun(verifier, servers, new Random(SEED));
            CrashSampler slot;
            try (CrashScene scene = new CrashScene(verifier, SEED, CHANGES, CHANGES_PER_SECOND)) {
                run.deal(CrashBlow.deck(KILLS, new Random(SEED)));
                Duration toWrite = Duration.ofSeconds(CHANGES / CHANGES_PER_SECOND);
                await().atMost(PATIENCE.plus(toWrite)).until(() -> scene.written() > CHANGES * 11L / 10);
                slot = scene.slot();
            }
            source.reconnect();
            eachPlaceWasMet(run);
            assertThat(slot.violations()).isEmpty();
            Map<CrashTable, CrashOracle> oracles = oracles(source);
            Instant written = Instant.now();
            verify(verifier, oracles);
            System.out.println("CrashIT: " + slot);
            tell(run, oracles, Duration.between(begun, written), Duration.between(written, Instant.now()));
        }
    }

    private static void eachPlaceWasMet(CrashRun run) {
        if (KILLS >= CrashBlow.values().length) {
            assertThat(run.told())
                    .containsAll(Arrays.stream(CrashBlow.values())
                            .filter(CrashBlow::isFailPoint)
                            .map(CrashBlow::name)
                            .toList());
        }
    }

    private static String promotions() {
        return CrashTable.CASES.yaml("") + CrashTable.ITEMS.yaml("") + CrashTable.USERS.yaml(BROKEN);
    }

    private static Map<CrashTable, CrashOracle> oracles(Source source) {
        Map<CrashTable, CrashOracle> oracles = new EnumMap<>(CrashTable.class);
        for (CrashTable table : CrashTable.values()) {
            oracles.put(table, CrashOracle.of(source, table, GRACE.toNanos() / 1_000));
        }
        return oracles;
    }

    private static void verify(Installation verifier, Map<CrashTable, CrashOracle> oracles) {
        Map<String, List<Topics.Event>> findings = byPromotion(verifier, oracles);
        List<Topics.Event> history = verifier.topics().history();
        assertThat(twice(history)).as("events of the history with an id twice").isEmpty();
        List<Topics.Event> changes =
                history.stream().filter(Topics.Event::isChange).toList();
        assertThat(verifier.topics().counters()).extracting(Topics.Event::id).doesNotHaveDuplicates();
        JsonNode statuses = verifier.run("status", "-o", "json").json();
        oracles.forEach((table, oracle) -> {
            JsonNode status = status(statuses, table);
            assertThat(counts(status)).as(table.promotion()).isEqualTo(expected(oracle));
            assertThat(status.path("gaps")).isEmpty();
            assertThat(told(changes, table)).as("history of %s", table.table()).isEqualTo(oracle.changes);
            findingsAreThose(findings.getOrDefault(table.promotion(), List.of()), oracle);
        });
        abortsAreThose(verifier);
        verifier.replaysTheSame();
    }

    /** What was found, of topics that are at rest: all is through. */
    private static Map<String, List<Topics.Event>> byPromotion(
            Installation verifier, Map<CrashTable, CrashOracle> oracles) {
        awaitSettled(verifier, oracles);
        Map<String, List<Topics.Event>> events = new TreeMap<>();
        List<Topics.Event> all = verifier.topics().findings();
        assertThat(all).extracting(Topics.Event::id).doesNotHaveDuplicates();
        all.forEach(event -> events.computeIfAbsent(
                        event.headers().getOrDefault("ce_subject", ""), promotion -> new ArrayList<>())
                .add(event));
        return events;
    }

    /**
     * Waits as long as more is counted: after hundreds of blows there is a backlog, and it is not an error to be
     * behind.
     */
    private static void awaitSettled(Installation verifier, Map<CrashTable, CrashOracle> oracles) {
        long counted = -1;
        while (!isSettled(statuses(verifier), oracles)) {
            long before = counted;
            await().alias("more is counted, or all is settled")
                    .atMost(PATIENCE)
                    .until(
                            () -> statuses(verifier),
                            statuses -> isSettled(statuses, oracles) || changes(statuses, oracles) > before);
            counted = changes(statuses(verifier), oracles);
        }
    }

    private static JsonNode statuses(Installation verifier) {
        return verifier.page().json("/api/v1/status");
    }

    private static boolean isSettled(JsonNode statuses, Map<CrashTable, CrashOracle> oracles) {
        return oracles.entrySet().stream().allMatch(entry -> {
            JsonNode status = status(statuses, entry.getKey());
            return status.at("/counts/changes").asLong() >= entry.getValue().count("changes")
                    && status.at("/findings/suspected").asLong() == 0;
        });
    }

    private static long changes(JsonNode statuses, Map<CrashTable, CrashOracle> oracles) {
        return oracles.keySet().stream()
                .mapToLong(
                        table -> status(statuses, table).at("/counts/changes").asLong())
                .sum();
    }

    private static List<Topics.Event> twice(List<Topics.Event> events) {
        Map<String, Long> times =
                events.stream().collect(Collectors.groupingBy(Topics.Event::id, Collectors.counting()));
        return events.stream()
                .filter(event -> times.getOrDefault(event.id(), 0L) > 1)
                .toList();
    }

    private static JsonNode status(JsonNode statuses, CrashTable table) {
        for (JsonNode status : statuses) {
            if (status.path("promotion").asText().equals(table.promotion())) {
                return status;
            }
        }
        throw new IllegalStateException("no status of " + table);
    }

    private static Map<String, Long> counts(JsonNode status) {
        Map<String, Long> counts = new TreeMap<>();
        for (String group : new String[] {"counts", "kinds", "findings"}) {
            status.path(group)
                    .properties()
                    .forEach(member ->
                            counts.put(member.getKey(), member.getValue().asLong()));
        }
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    private static Map<String, Long> expected(CrashOracle oracle) {
        Map<String, Long> expected = new TreeMap<>(oracle.counts);
        expected.remove("episodes");
        expected.put("confirmed", (long) oracle.open().size());
        expected.values().removeIf(count -> count == 0);
        return expected;
    }

    private static List<CrashOracle.Change> told(List<Topics.Event> changes, CrashTable table) {
        return changes.stream()
                .map(Topics.Event::value)
                .filter(change -> change.path("table").asText().equals("public." + table.table()))
                .map(change -> new CrashOracle.Change(
                        change.path("tx").asLong(),
                        change.path("op").asText(),
                        key(change.path("old_key")),
                        key(change.path("key"))))
                .toList();
    }

    private static java.util.Optional<Long> key(JsonNode key) {
        return java.util.Optional.of(key.path("id")).filter(JsonNode::isNumber).map(JsonNode::asLong);
    }

    /** The last word on each finding, folded from the topic as a subscriber would. */
    private static void findingsAreThose(List<Topics.Event> events, CrashOracle oracle) {
        Map<String, JsonNode> latest = new TreeMap<>();
        events.forEach(event -> latest.put(event.value().path("id").asText(), event.value()));
        assertThat((long) latest.size()).isEqualTo(oracle.count("episodes"));
        Set<Long> open = new TreeSet<>();
        Map<String, Long> ended = new TreeMap<>();
        for (JsonNode finding : latest.values()) {
            String state = finding.path("state").asText();
            if (state.equals("confirmed")) {
                open.add(finding.at("/key/id").asLong());
            }
            ended.merge(state, 1L, Long::sum);
        }
        assertThat(open).isEqualTo(oracle.open());
        assertThat(ended.getOrDefault("converged", 0L)).isEqualTo(oracle.count("converged"));
        assertThat(ended.getOrDefault("resolved", 0L)).isEqualTo(oracle.count("resolved"));
    }

    private static void abortsAreThose(Installation verifier) {
        assertThat(verifier.topics().aborts()).extracting(Topics.Event::id).doesNotHaveDuplicates();
        assertThat(aborts(verifier, CrashTable.CASES)).isEmpty();
        assertThat(aborts(verifier, CrashTable.USERS)).containsExactly("raised");
        await().alias("every order is obeyed")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(aborts(verifier, CrashOrders.TABLE))
                        .isEqualTo(CrashOrders.expected(verifier.topics().commands())));
        Installation.Ended status = verifier.run("status", "--promotion", CrashTable.USERS.promotion());
        assertThat(status.exitCode()).isEqualTo(3);
    }

    private static List<String> aborts(Installation verifier, CrashTable table) {
        return verifier.topics().aborts().stream()
                .filter(event -> table.promotion().equals(event.headers().get("ce_subject")))
                .map(event -> event.type().replaceAll("verifier\\.abort\\.(.*)\\.v1", "$1"))
                .toList();
    }

    private static void tell(CrashRun run, Map<CrashTable, CrashOracle> oracles, Duration took, Duration after) {
        long changes = oracles.values().stream()
                .mapToLong(oracle -> oracle.count("changes"))
                .sum();
        long episodes = oracles.values().stream()
                .mapToLong(oracle -> oracle.count("episodes"))
                .sum();
        List<Duration> recoveries = new ArrayList<>(run.recoveries());
        recoveries.sort(Comparator.naturalOrder());
        Map<String, Integer> blows = new TreeMap<>();
        run.told().forEach(blow -> blows.merge(blow, 1, Integer::sum));
        System.out.printf(
                "CrashIT: %d blows %s, %d changes, %d findings, 0 twice, 0 missing, in %d s; to the next checkpoint"
                        + " median %d ms, worst %d ms; compared in %d s%n",
                run.told().size(),
                blows,
                changes,
                episodes,
                took.toSeconds(),
                recoveries.get(recoveries.size() / 2).toMillis(),
                recoveries.get(recoveries.size() - 1).toMillis(),
                after.toSeconds());
    }
}
