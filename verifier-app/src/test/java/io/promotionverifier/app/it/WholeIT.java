package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.promotionverifier.sandbox.server.PostgresOptions;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.replication.LogSequenceNumber;

/**
 * The property of the whole: whatever an application does to its tables, at every quiet point the open findings are the
 * rows that PostgreSQL itself calls different, and every count is what the database's own audit says. Between the quiet
 * points the daemon is stopped or killed.
 *
 * <p>{@code -Pwhole} makes more and longer rounds; {@code -Dverifier.seed=} repeats the statements.
 */
class WholeIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final int ROUNDS = Integer.getInteger("verifier.whole.rounds", 3);
    private static final int WRITES = Integer.getInteger("verifier.whole.writes", 400);
    private static final long SEED = Long.getLong("verifier.seed", System.nanoTime());
    private static final List<String> HEAP = List.of("-Xmx172m");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder = Path.of(".");

    @Test
    void theOpenFindingsAreTheRowsThatPostgresqlCallsDifferent() {
        System.out.println("WholeIT: -Dverifier.seed=" + SEED);
        PostgresOptions options = PostgresOptions.temporary().withSetting("track_commit_timestamp", "on");
        String promotions = WholeTables.ALL.stream().map(WholeTable::yaml).collect(Collectors.joining());
        try (OwnPostgres servers = new OwnPostgres(options);
                Installation verifier = new Installation(folder, servers, Installation.CALM, promotions)) {
            verifier.edit("values: redact", "values: redact\n  zone: UTC");
            Source source = verifier.source();
            source.run("SET TimeZone = 'UTC'", WholeTable.AUDIT, WholeType.DDL);
            WholeTables.ALL.forEach(table -> source.run(table.ddl().toArray(String[]::new)));
            Installation.Ended setup = verifier.run("setup");
            assertThat(setup.exitCode()).as(setup.err()).isZero();
            DaemonProcess daemon = start(verifier);
            // Later it would read the rows that the stream could not judge, and open findings at a quiet point.
            await().alias("the first census is over").atMost(PATIENCE).until(() -> isCounted(verifier));
            try (WholeWriter one = new WholeWriter(source, WholeTables.ONE, SEED);
                    WholeWriter two = new WholeWriter(source, WholeTables.TWO, SEED + 1)) {
                for (int round = 0; round < ROUNDS; round++) {
                    daemon = round(verifier, daemon, round, one, two);
                    quiet(verifier, round);
                }
                verifier.replaysTheSame();
            }
        }
    }

    private static DaemonProcess start(Installation verifier) {
        DaemonProcess daemon = verifier.startWith(HEAP, "run");
        daemon.awaitReady(verifier.page());
        return daemon;
    }

    /** Both sessions write; the daemon lives on, is stopped, or is killed in the midst of it. */
    private static DaemonProcess round(
            Installation verifier, DaemonProcess daemon, int round, WholeWriter one, WholeWriter two) {
        CompletableFuture<Void> writing = CompletableFuture.allOf(
                CompletableFuture.runAsync(() -> one.write(WRITES)),
                CompletableFuture.runAsync(() -> two.write(WRITES)));
        DaemonProcess next = daemon;
        if (round % 3 > 0) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> writing.isDone() || one.written() > WRITES / 2);
            if (round % 3 == 1) {
                daemon.terminate();
                assertThat(daemon.exitCode(PATIENCE)).as(daemon.err()).isEqualTo(143);
            } else {
                daemon.kill();
            }
            next = start(verifier);
        }
        writing.join();
        return next;
    }

    private static void quiet(Installation verifier, int round) {
        Instant written = Instant.now();
        long end = LogSequenceNumber.valueOf(verifier.source().one("SELECT pg_current_wal_lsn()"))
                .asLong();
        await().alias("all is judged").atMost(PATIENCE).until(() -> isPast(verifier, end));
        Duration drained = Duration.between(written, Instant.now());
        await().alias("all is settled").atMost(PATIENCE).until(() -> isSettled(verifier));
        Map<String, JsonNode> statuses = verifier.statuses();
        Map<String, Map<String, JsonNode>> findings = foldedFindings(verifier);
        Map<String, List<JsonNode>> history = history(verifier);
        long changes = 0;
        long rows = 0;
        long open = 0;
        long unproven = 0;
        for (WholeTable table : WholeTables.ALL) {
            String name =
                    status(statuses, table.promotions().get(0)).path("table").asText();
            WholeOracle oracle = WholeOracle.of(
                    verifier.source(), table, history.getOrDefault(name, List.of()), GRACE.toNanos() / 1_000);
            changes += oracle.changes();
            unproven += oracle.unproven();
            for (WholePromotion promotion : table.promotions()) {
                saysTheSame(
                        status(statuses, promotion),
                        findings.getOrDefault(promotion.id(), Map.of()),
                        oracle,
                        promotion);
                open += oracle.fold(promotion.id()).open().size();
            }
            rows += different(verifier.source(), oracle);
        }
        asCommanded(verifier, findings);
        System.out.printf(
                "WholeIT: round %d: %d changes, %d rows compared, %d open findings, %d documents unproven, 0 disagreements,"
                        + " drained in %d ms%n",
                round, changes, rows, open, unproven, drained.toMillis());
    }

    private static boolean isPast(Installation verifier, long end) {
        try {
            for (JsonNode status : verifier.page().json("/api/v1/status")) {
                if (LogSequenceNumber.valueOf(status.at("/position/lsn").asText())
                                .asLong()
                        < end) {
                    return false;
                }
            }
            return true;
        } catch (UncheckedIOException notUp) {
            return false;
        }
    }

    private static boolean isCounted(Installation verifier) {
        for (JsonNode status : verifier.page().json("/api/v1/status")) {
            if (!status.at("/census/finished").isTextual()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSettled(Installation verifier) {
        for (JsonNode status : verifier.page().json("/api/v1/status")) {
            if (status.at("/findings/suspected").asLong() > 0) {
                return false;
            }
        }
        return true;
    }

    private static JsonNode status(Map<String, JsonNode> statuses, WholePromotion promotion) {
        return Statuses.of(statuses, promotion.id());
    }

    /** The last word on each finding by promotion and finding, folded from the topic as a subscriber would. */
    private static Map<String, Map<String, JsonNode>> foldedFindings(Installation verifier) {
        List<Topics.Event> events = verifier.topics().findings();
        assertThat(events).extracting(Topics.Event::id).doesNotHaveDuplicates();
        Map<String, Map<String, JsonNode>> latest = new TreeMap<>();
        events.forEach(
                event -> latest.computeIfAbsent(event.value().path("promotion").asText(), id -> new TreeMap<>())
                        .put(event.value().path("id").asText(), event.value()));
        return latest;
    }

    private static Map<String, List<JsonNode>> history(Installation verifier) {
        List<Topics.Event> history = verifier.topics().history();
        assertThat(history).extracting(Topics.Event::id).doesNotHaveDuplicates();
        assertThat(verifier.topics().counters()).extracting(Topics.Event::id).doesNotHaveDuplicates();
        return history.stream()
                .filter(event -> event.type().equals("verifier.change.v1"))
                .map(Topics.Event::value)
                .collect(Collectors.groupingBy(change -> change.path("table").asText()));
    }

    private static void saysTheSame(
            JsonNode status, Map<String, JsonNode> findings, WholeOracle oracle, WholePromotion promotion) {
        Map<String, Long> said = counts(status);
        assertThat(said).as("%s", status).isEqualTo(oracle.expected(promotion.id()));
        assertThat(status.path("gaps")).as(promotion.id()).isEmpty();
        assertThat(sum(status, "kinds")).as("kinds of %s", status).isEqualTo(said.getOrDefault("mismatched", 0L));
        assertThat(sum(status, "counts"))
                .as("conservation of %s", status)
                .isEqualTo(2 * said.getOrDefault("changes", 0L));
        assertThat(open(findings))
                .as(promotion.id())
                .isEqualTo(oracle.fold(promotion.id()).open());
        Map<String, Long> states = findings.values().stream()
                .collect(Collectors.groupingBy(
                        finding -> finding.path("state").asText(), TreeMap::new, Collectors.counting()));
        states.values().removeIf(count -> count == 0);
        status.path("findings")
                .properties()
                .forEach(member -> assertThat(states.getOrDefault(member.getKey(), 0L))
                        .as("%s findings of %s", member.getKey(), promotion.id())
                        .isEqualTo(member.getValue().asLong()));
    }

    private static long sum(JsonNode status, String group) {
        long sum = 0;
        for (JsonNode count : status.path(group)) {
            sum += count.asLong();
        }
        return sum;
    }

    private static Map<String, Long> counts(JsonNode status) {
        Map<String, Long> counts = new TreeMap<>();
        for (String group : new String[] {"counts", "kinds", "findings", "unverifiable_reasons"}) {
            status.path(group)
                    .properties()
                    .forEach(member ->
                            counts.put(member.getKey(), member.getValue().asLong()));
        }
        counts.put("backfill", status.path("backfill_changes").asLong());
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    /** Keys and kinds of the findings that are open. */
    private static Map<String, String> open(Map<String, JsonNode> findings) {
        Map<String, String> open = new TreeMap<>();
        for (JsonNode finding : findings.values()) {
            String state = finding.path("state").asText();
            if (state.equals("suspected") || state.equals("confirmed")) {
                String before = open.put(
                        finding.path("key").toString(), finding.path("kind").asText());
                assertThat(before).as("two open findings of %s", finding).isNull();
            }
        }
        return open;
    }

    /** Asks the server of every row as it stands; rows that nobody can judge keep the finding they had. */
    private static long different(Source source, WholeOracle oracle) {
        List<WholePromotion> promotions = oracle.table().promotions();
        List<Map<String, String>> now = new ArrayList<>();
        promotions.forEach(promotion -> now.add(new TreeMap<>()));
        long rows = 0;
        try (Connection connection = source.open();
                Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            try (ResultSet found = statement.executeQuery(oracle.table().verdicts())) {
                while (found.next()) {
                    rows++;
                    String key = WholeOracle.json(found.getString(1)).toString();
                    String[] verdicts = (String[]) found.getArray(2).getArray();
                    for (int i = 0; i < verdicts.length; i++) {
                        now.get(i).put(key, verdicts[i]);
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        for (int i = 0; i < promotions.size(); i++) {
            EpisodeFold<String> fold = oracle.fold(promotions.get(i).id());
            Map<String, String> latest = fold.latest();
            assertThat(now.get(i).keySet()).as(promotions.get(i).id()).isEqualTo(latest.keySet());
            Map<String, String> expected = new TreeMap<>(now.get(i));
            expected.values().removeIf(verdict -> !EpisodeFold.isMismatch(verdict));
            Map<String, String> judged = new TreeMap<>(fold.open());
            latest.forEach((key, verdict) -> {
                if (verdict.startsWith("unverifiable")) {
                    judged.remove(key);
                    expected.remove(key);
                }
            });
            assertThat(judged)
                    .as(
                            "what the server calls different in %s",
                            promotions.get(i).id())
                    .isEqualTo(expected);
        }
        return rows * promotions.size();
    }

    /** The command lists what the topic says. */
    private static void asCommanded(Installation verifier, Map<String, Map<String, JsonNode>> findings) {
        Map<String, Map<String, JsonNode>> listed = new TreeMap<>();
        verifier.run("findings", "--state", "suspected,confirmed", "--limit", "1000000", "-o", "json")
                .json()
                .forEach(finding -> listed.computeIfAbsent(
                                finding.path("promotion").asText(), id -> new TreeMap<>())
                        .put(finding.path("id").asText(), finding));
        findings.forEach((promotion, latest) -> assertThat(open(listed.getOrDefault(promotion, Map.of())))
                .as(promotion)
                .isEqualTo(open(latest)));
    }
}
