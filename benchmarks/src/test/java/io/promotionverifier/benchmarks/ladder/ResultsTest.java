package io.promotionverifier.benchmarks.ladder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.promotionverifier.benchmarks.lap.Pace;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ResultsTest {
    @Test
    void aRatioIsTheMedianOfTheRatiosWithinEachRun() {
        // The second run met a busy machine: the ratio of the medians would say 0.5.
        Results results = results(Optional.empty(), laps("debezium-tuned", 100, 40, 90), laps("verifier", 80, 32, 45));

        assertThat(results.json()
                        .at("/ratios/verifier_to_debezium_noop_overall")
                        .asDouble())
                .isCloseTo(0.8, within(1e-9));
    }

    @Test
    void aReplayIsHeldAgainstTheVerifierAndTheCensusAgainstSql() {
        Results results = results(
                Optional.empty(),
                laps("verifier", 50),
                laps("replay", 600),
                laps("one-pass-sql", 110),
                laps("census", 100));
        JsonNode json = results.json();

        assertThat(json.at("/ratios/replay_to_live").asDouble()).isCloseTo(12, within(1e-9));
        assertThat(json.at("/ratios/replay_to_live_second_half").asDouble()).isCloseTo(12, within(1e-9));
        assertThat(json.at("/ratios/census_to_one_pass_sql").asDouble()).isCloseTo(1.1, within(1e-9));
        assertThat(json.path("ratios").has("census_to_one_pass_sql_parallel")).isFalse();
        assertThat(json.at("/contestants/0/history_bytes_per_change").asDouble())
                .isEqualTo(120);
        assertThat(json.at("/contestants/1").has("history_bytes_per_change")).isFalse();
        assertThat(results.table()).contains("Replay to live, overall: 12.000").contains("bytes a change: 120.000");
    }

    @Test
    void whatAFurtherPromotionCostsIsHeldAgainstOneOnTheSameLogInTheSameRun() {
        // The second run met a busy machine, for both.
        JsonNode ratios = results(
                        Optional.empty(), laps("verifier", 90, 45, 90), laps("verifier/5-promotions", 75, 37.5, 75))
                .json()
                .path("ratios");

        assertThat(ratios.path("further_promotion_cost").asDouble()).isCloseTo(0.05, within(1e-9));
        assertThat(ratios.at("/further_promotion_cost_spread/highest").asDouble())
                .isCloseTo(0.05, within(1e-9));
    }

    @Test
    void whatMismatchesCostIsHeldAgainstWhatTheirLogCostsTheCeiling() {
        JsonNode ratios = results(
                        Optional.empty(),
                        laps("debezium-tuned/no-mismatch", 100),
                        laps("verifier/no-mismatch", 80),
                        laps("debezium-tuned/20%-mismatch", 50),
                        laps("verifier/20%-mismatch", 32))
                .json()
                .path("ratios");

        assertThat(ratios.path("fifth_mismatched_cost").asDouble()).isCloseTo(0.25, within(1e-9));
    }

    @Test
    void whoReadsATableIsNotDrawnBesideWhoReadsTheLog() {
        String plot = Plot.of(results(
                Optional.empty(),
                laps("verifier", 50_000),
                laps("one-pass-sql", 4_000_000),
                laps("one-pass-sql-parallel/no-mismatch", 6_000_000),
                laps("census/no-mismatch", 3_900_000)));

        assertThat(plot).contains(">verifier</text>", "width=\"480\"").doesNotContain("one-pass-sql", "census");
    }

    @Test
    void whatWasNotMeasuredIsAbsent() {
        JsonNode json = results(Optional.empty(), laps("debezium-tuned", 100)).json();

        assertThat(json.path("ratios")).isEmpty();
        assertThat(json.has("latency")).isFalse();
        assertThat(json.has("idle_cpu_cores")).isFalse();
    }

    @Test
    void theShapeIsTheContracts() {
        Visibility.Seen seen = new Visibility.Seen(
                OptionalDouble.of(0.02), OptionalDouble.of(0.05), OptionalDouble.of(0.4), OptionalDouble.of(0.1), 0.03);
        JsonNode json = results(Optional.of(seen), laps("debezium-tuned", 100), laps("verifier", 90))
                .json();
        JsonNode contestant = json.at("/contestants/1");

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "machine", "runs", "contestants", "ratios", "latency", "idle_cpu_cores", "took_seconds");
        assertThat(contestant.path("name").asText()).isEqualTo("verifier");
        assertThat(contestant.path("rows").asLong()).isEqualTo(1_000);
        assertThat(contestant.at("/rows_per_second/overall").asDouble()).isEqualTo(90);
        assertThat(contestant.at("/rows_per_second/second_half").asDouble()).isEqualTo(180);
        assertThat(contestant.at("/cpu_seconds/client").asDouble()).isEqualTo(2.5);
        assertThat(contestant.path("peak_rss_bytes").asLong()).isEqualTo(7);
        assertThat(json.at("/latency/finding_visible_p99_seconds").asDouble()).isEqualTo(0.05);
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        assertThat(Spread.of(List.of(4.0, 1.0, 3.0, 100.0))).isEqualTo(new Spread(3.5, 1, 100));
    }

    @Test
    void aQuantileIsTheFigureBelowWhichTheShareLies() {
        assertThat(Spread.quantile(0.99, 5, 1, 4, 2, 3)).hasValue(5);
        assertThat(Spread.quantile(0.5, 5, 1, 4, 2, 3)).hasValue(3);
    }

    @SafeVarargs
    private static Results results(Optional<Visibility.Seen> seen, Map.Entry<String, List<Lap>>... contestants) {
        Map<String, List<Lap>> laps = new LinkedHashMap<>();
        for (Map.Entry<String, List<Lap>> each : contestants) {
            laps.put(each.getKey(), each.getValue());
        }
        Parts parts = seen.map(Parts.NONE::withLatency).orElse(Parts.NONE);
        return new Results(JsonNodeFactory.instance.objectNode(), 1, laps, parts, Duration.ofSeconds(5));
    }

    private static Map.Entry<String, List<Lap>> laps(String name, double... rates) {
        return Map.entry(
                name,
                Arrays.stream(rates)
                        .mapToObj(rate -> new Lap(
                                name,
                                new Pace(1_000, rate, OptionalDouble.of(2 * rate)),
                                Map.of("client", 2.5),
                                OptionalLong.of(7),
                                name.equals("verifier") ? OptionalLong.of(120_000) : OptionalLong.empty()))
                        .toList());
    }
}
