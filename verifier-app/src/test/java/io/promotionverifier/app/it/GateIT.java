package io.promotionverifier.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate of a running verifier: closed while young, open with good evidence, anew after an abort, overridden. */
class GateIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CLOSED = 1;
    private static final int ABORTED = 3;

    @TempDir
    private Path folder = Path.of(".");

    private static Installation.Ended gate(Installation verifier, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("gate", "--promotion", Installation.PROMOTION, "--to", "C", "-o", "json"));
        arguments.addAll(List.of(more));
        return verifier.run(arguments.toArray(String[]::new));
    }

    private static List<String> closing(JsonNode report) {
        List<String> names = new ArrayList<>();
        report.path("checks").forEach(check -> {
            if (List.of("FAIL", "UNKNOWN").contains(check.path("result").asText())) {
                names.add(check.path("name").asText());
            }
        });
        return names;
    }

    private static void abort(Installation verifier, String action) {
        Installation.Ended ended = verifier.run(
                "abort", action, "--promotion", Installation.PROMOTION, "--reason", "drill", "--by", "ana");
        assertThat(ended.exitCode()).as(ended.err()).isZero();
    }

    @Test
    void itIsClosedWhileYoungAndOpensOnGoodEvidenceAndAnAbortBeginsTheWindowAnew() {
        try (Installation verifier = new Installation(folder)) {
            assertThat(verifier.run("setup").exitCode()).isZero();
            verifier.startDaemon();
            verifier.source().insert(21, "urgent", "urgent");
            await().atMost(PATIENCE)
                    .until(() -> !verifier.status().path("census").isNull()
                            && verifier.status()
                                            .at("/coverage/operations/insert")
                                            .asInt()
                                    == 1);

            Installation.Ended young = gate(verifier);
            assertThat(young.exitCode()).as(young.out()).isEqualTo(CLOSED);
            assertThat(young.json().path("result").asText()).isEqualTo("FAIL");
            assertThat(closing(young.json())).containsExactly("verified_time");
            assertThat(closing(verifier.page().json("/api/v1/promotions/PROMO-001/gate?to=C")))
                    .containsExactly("verified_time");
            assertThat(verifier.page()
                            .get("/api/v1/promotions/PROMO-001/gate?to=A")
                            .statusCode())
                    .isEqualTo(400);

            verifier.edit("  grace: 1s", "  window: 2s\n  grace: 1s");
            Installation.Ended open =
                    await().atMost(PATIENCE).until(() -> gate(verifier), ended -> ended.exitCode() == 0);
            assertThat(open.json().path("result").asText()).isEqualTo("PASS");
            assertThat(open.json().path("override").isNull()).isTrue();

            abort(verifier, "raise");
            assertThat(gate(verifier).exitCode()).isEqualTo(ABORTED);
            assertThat(gate(verifier, "--override", "--reason", "no").exitCode())
                    .isEqualTo(ABORTED);
            verifier.edit("window: 2s", "window: 1h");
            abort(verifier, "clear");
            Installation.Ended anew = gate(verifier);
            assertThat(anew.exitCode()).as(anew.out()).isEqualTo(CLOSED);
            assertThat(closing(anew.json())).containsExactly("verified_time");

            overrides(verifier);
        }
    }

    private static void overrides(Installation verifier) {
        Installation.Ended overridden = gate(verifier, "--override", "--reason", "the board decided", "--by", "ana");
        assertThat(overridden.exitCode())
                .as(overridden.out() + overridden.err())
                .isZero();
        assertThat(overridden.json().path("result").asText()).isEqualTo("PASS");
        assertThat(overridden.json().at("/override/by").asText()).isEqualTo("ana");
        assertThat(overridden.json().at("/override/reason").asText()).isEqualTo("the board decided");
        assertThat(overridden.json().at("/override/checks"))
                .extracting(JsonNode::asText)
                .containsExactly("verified_time");
        assertThat(gate(verifier).exitCode()).isZero();
        assertThat(verifier.status().at("/gate_override/by").asText()).isEqualTo("ana");
        assertThat(verifier.topics().aborts())
                .filteredOn(event -> event.type().equals("verifier.gate.overridden.v1"))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.value().path("reason").asText()).isEqualTo("the board decided"));
        assertThat(verifier.run("abort", "list", "-o", "json").json()).hasSize(2);
        assertThat(verifier.run("gate", "--promotion", Installation.PROMOTION, "--to", "C", "--override")
                        .exitCode())
                .isEqualTo(2);
    }
}
