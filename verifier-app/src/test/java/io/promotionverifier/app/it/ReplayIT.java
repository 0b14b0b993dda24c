package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.promotionverifier.app.it.Installation.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replay of what a running verifier recorded, through a kill and a change of its policy. */
class ReplayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int DIFFERS = 1;
    private static final int USAGE = 2;
    private static final int NOT_ENOUGH = 4;
    private static final long SEED = 20250116;
    private static final String[] VALUES = {"low", "normal", "high", "urgent"};

    @TempDir
    private Path folder = Path.of(".");

    private final Random random = new Random(SEED);

    @Test
    void theHistoryOfAKilledVerifierSaysWhatItPublishedAndWhatAnotherPolicyWouldHave() throws IOException {
        System.out.println("seed " + SEED);
        try (Installation verifier = new Installation(folder, "{max: 1%, mode: strict, min_rows: 3}")) {
            recordTwoRuns(verifier);
            saysTheSame(verifier);
            saysTheSameOfAPart(verifier);
            tellsTheStoryOfARow(verifier);
            saysWhatAnotherPolicyWouldHaveSaid(verifier);
            refusesHoles(verifier);
        }
    }

    /** A run that is killed over an abort that was cleared, and one by another policy that catches up. */
    private void recordTwoRuns(Installation verifier) {
        assertThat(verifier.run("setup").exitCode()).isZero();
        DaemonProcess daemon = verifier.startDaemon();
        write(verifier.source(), 60);
        verifier.source().setBoth(7, "low");
        verifier.source().setColumn(7, "high");
        await().atMost(PATIENCE)
                .until(() -> verifier.topics().aborts().stream()
                        .anyMatch(event -> event.type().equals("verifier.abort.raised.v1")));
        await().atMost(PATIENCE).until(() -> hasTurned(verifier, "confirmed"));
        verifier.run("abort", "clear", "--promotion", Installation.PROMOTION, "--reason", "seen", "--by", "ana");
        await().atMost(PATIENCE)
                .until(() -> verifier.topics().aborts().stream()
                        .anyMatch(event -> event.type().equals("verifier.abort.cleared.v1")));
        write(verifier.source(), 20);
        daemon.kill();
        write(verifier.source(), 20);
        verifier.edit("grace: 1s", "grace: 2s");
        daemon = verifier.startDaemon();
        write(verifier.source(), 20);
        verifier.source().setBoth(7, "normal");
        await().atMost(PATIENCE).until(() -> hasTurned(verifier, "resolved"));
        JsonNode story =
                verifier.page().json("/api/v1/promotions/" + Installation.PROMOTION + "/findings?key=7&history=true");
        assertThat(story).isNotEmpty();
        assertThat(story.findValuesAsText("event")).contains("verifier.change.v1", "verifier.finding.resolved.v1");
        daemon.terminate();
        daemon.exitCode(PATIENCE);
    }

    private static boolean hasTurned(Installation verifier, String state) {
        return verifier.topics().findings().stream()
                .anyMatch(event -> event.type().equals("verifier.finding." + state + ".v1")
                        && event.value().at("/key/id").asInt() == 7);
    }

    private void write(Source source, int transactions) {
        for (int i = 0; i < transactions; i++) {
            long id = 1L + random.nextInt(20);
            String value = VALUES[random.nextInt(VALUES.length)];
            switch (random.nextInt(6)) {
                case 0 -> source.setColumn(id, value);
                case 1 -> source.setDocument(id, value);
                case 2 -> {
                    source.setColumn(id, value);
                    source.setDocument(id, value);
                }
                default -> source.setBoth(id, value);
            }
        }
    }

    private static void saysTheSame(Installation verifier) {
        Ended first = verifier.run("replay", "-o", "json");
        assertThat(first.exitCode()).as(first.out() + first.err()).isZero();
        JsonNode said = first.json();
        Topics topics = verifier.topics();
        assertThat(said.path("differences")).isEmpty();
        assertThat(said.path("changes").asInt()).isEqualTo(topics.changes().size());
        assertThat(said.path("aborts")).hasSize((int) topics.aborts().stream()
                .filter(event -> event.type().equals("verifier.abort.raised.v1"))
                .count());
        assertThat(said.path("compared").asInt())
                .isEqualTo(topics.findings().size()
                        + topics.counters().size()
                        + topics.aborts().size());
        assertThat(said.path("counts")).isEqualTo(verifier.status().path("counts"));
        assertThat(topics.history().stream().map(Topics.Event::type))
                .contains("verifier.run.v1", "verifier.checkpoint.v1", "verifier.command.applied.v1");
        assertThat(verifier.run("replay", "-o", "json").out()).isEqualTo(first.out());
    }

    private static void saysTheSameOfAPart(Installation verifier) {
        List<Topics.Event> changes = verifier.topics().changes();
        JsonNode middle = changes.get(changes.size() * 3 / 4).value();
        for (String from :
                List.of(middle.path("commit_time").asText(), middle.path("lsn").asText())) {
            assertThat(verifier.run("replay", "--from", "0/2", "--to", "0/1").exitCode())
                    .isEqualTo(USAGE);
            Ended part = verifier.run("replay", "--from", from, "-o", "json");
            assertThat(part.exitCode()).as(part.out() + part.err()).isZero();
            assertThat(part.json().path("changes").asInt())
                    .isPositive()
                    .isLessThanOrEqualTo(changes.size() - changes.size() * 3 / 4 + 1);
        }
        saysTheSameUpToTheMidst(verifier);
        Ended row = verifier.run("replay", "--promotion", Installation.PROMOTION, "--key", "7", "-o", "json");
        assertThat(row.exitCode()).as(row.out() + row.err()).isZero();
        long own = changes.stream()
                .filter(change -> change.value().at("/key/id").asInt() == 7)
                .count();
        assertThat(row.json().path("changes").asLong()).isEqualTo(own);
        assertThat(row.json().at("/counts/changes").asLong()).isEqualTo(own);
    }

    /** Up to a finding's begin, in a checkpoint in which another one began later. */
    private static void saysTheSameUpToTheMidst(Installation verifier) {
        List<Topics.Event> opened = verifier.topics().findings().stream()
                .filter(event -> event.type().equals("verifier.finding.opened.v1"))
                .toList();
        int first = 0;
        while (!checkpoint(opened.get(first)).equals(checkpoint(opened.get(first + 1)))) {
            first++;
        }
        String to = opened.get(first).value().at("/opened/lsn").asText();
        Ended before = verifier.run("replay", "--to", to, "-o", "json");
        assertThat(before.exitCode()).as(before.out() + before.err()).isZero();
        assertThat(before.json().path("compared").asInt()).isPositive();
        assertThat(before.json().path("not_compared").asInt()).isPositive();
    }

    private static String checkpoint(Topics.Event event) {
        return event.headers().getOrDefault("verifier_checkpoint", "");
    }

    private static void tellsTheStoryOfARow(Installation verifier) {
        Topics topics = verifier.topics();
        Ended told = verifier.run("findings", "--key", "7", "--history", "-o", "json");
        assertThat(told.exitCode()).as(told.err()).isZero();
        List<String> changes = new ArrayList<>();
        List<String> turns = new ArrayList<>();
        for (JsonNode event : told.json()) {
            if (event.path("event").asText().equals("verifier.change.v1")) {
                changes.add(event.path("lsn").asText());
                assertThat(event.at("/outcomes/PROMO-001/outcome").asText()).isNotEmpty();
            } else {
                turns.add(event.path("event").asText());
            }
        }
        assertThat(changes)
                .isEqualTo(topics.changes().stream()
                        .filter(change -> change.value().at("/key/id").asInt() == 7)
                        .map(change -> change.value().path("lsn").asText())
                        .toList());
        assertThat(turns)
                .isEqualTo(topics.findings().stream()
                        .filter(turn -> turn.value().at("/key/id").asInt() == 7)
                        .map(Topics.Event::type)
                        .toList())
                .contains("verifier.finding.confirmed.v1");
        assertThat(verifier.run("findings", "--key", "7", "--history").out())
                .contains("MISMATCHED VALUE_DIFFERS")
                .contains("finding confirmed");
        assertThat(verifier.run("findings", "--history").exitCode()).isEqualTo(USAGE);
    }

    private void saysWhatAnotherPolicyWouldHaveSaid(Installation verifier) throws IOException {
        Path policy = folder.resolve("policy.yaml");
        String text = """
                defaults: {grace: 1h, abort: {mismatch_rate: {max: 1%, mode: strict, min_rows: 3}}}
                promotions:
                  - id: PROMO-001
                    table: public.nexus_cases
                    from: metadata->>'priority'
                    to: priority
                    allowed: [low, normal, high, urgent]
                    phase: B
                """;
        Files.writeString(policy, text);
        Ended patient = verifier.run("replay", "--policy", policy.toString(), "-o", "json");
        assertThat(patient.exitCode()).as(patient.out() + patient.err()).isEqualTo(DIFFERS);
        assertThat(patient.json().path("aborts")).isEmpty();
        assertThat(patient.json().at("/findings/confirmed").asInt()).isZero();
        assertThat(patient.json().path("differences").findValuesAsText("event"))
                .contains("verifier.finding.confirmed.v1", "verifier.abort.raised.v1");
        assertThat(patient.json().at("/gates/0/to").asText()).isEqualTo("C");
        assertThat(patient.json().at("/gates/0/result").asText()).isEqualTo("FAIL");
        assertThat(result(patient, "abort")).isEqualTo("PASS");
        assertThat(result(patient, "index")).isEqualTo("UNKNOWN");

        Files.writeString(policy, text.replace("grace: 1h", "window: 1s"));
        Ended then = verifier.run("replay", "--policy", policy.toString());
        assertThat(then.exitCode()).as(then.err()).isEqualTo(DIFFERS);
        assertThat(then.out())
                .contains("would have been others")
                .contains("PROMO-001 to C: FAIL")
                .contains("PASS     verified_time");

        Files.writeString(policy, text + "    waivers: [{keys: [7], reason: known, by: ana, until: 2100-01-01}]\n");
        Ended waived = verifier.run("replay", "--policy", policy.toString(), "--key", "7", "-o", "json");
        assertThat(waived.exitCode()).as(waived.err()).isEqualTo(DIFFERS);
        assertThat(waived.json().at("/counts/mismatched").asInt()).isZero();
        assertThat(waived.json().at("/counts/explained").asInt()).isPositive();

        Files.writeString(policy, text.replace("[low, normal,", "[normal,"));
        Ended refused = verifier.run("replay", "--policy", policy.toString());
        assertThat(refused.exitCode()).isEqualTo(USAGE);
        assertThat(refused.err()).contains("allowed").contains("keyed digests");
    }

    private static String result(Ended replay, String check) {
        for (JsonNode found : replay.json().at("/gates/0/checks")) {
            if (found.path("name").asText().equals(check)) {
                return found.path("result").asText();
            }
        }
        return "none";
    }

    private static void refusesHoles(Installation verifier) {
        Topics topics = verifier.topics();
        long whole = topics.offsetOf("history", "verifier.checkpoint.v1");
        topics.copyHistoryWithout(whole + 3, "holed");
        Ended holed = verifier.run("replay", "--set", "kafka.prefix=holed" + verifier.prefix());
        assertThat(holed.exitCode()).as(holed.out() + holed.err()).isEqualTo(NOT_ENOUGH);
        assertThat(holed.err()).contains("has a hole").contains("comes record");

        topics.deleteHistoryBefore(whole);
        Ended cut = verifier.run("replay");
        assertThat(cut.exitCode()).as(cut.out() + cut.err()).isEqualTo(NOT_ENOUGH);
        assertThat(cut.err()).contains("does not reach back").contains("--from");
        String from = cut.err().replaceAll("(?s).*--from (\\S+).*", "$1");
        Ended rest = verifier.run("replay", "--from", from);
        assertThat(rest.exitCode()).as(rest.out() + rest.err()).isZero();
        assertThat(rest.out()).contains("The same as was published");
    }
}
