package io.promotionverifier.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.promotionverifier.app.board.Board;
import io.promotionverifier.app.metrics.Meters;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/metrics.md lists what the daemon tells, and others rely on these names. */
class MetricsPageTest {
    private static final Pattern LINE = Pattern.compile("(?m)^\\| `(verifier_[a-z_]+)` \\| ([a-z, ]+) \\|");
    private static final Pattern FAMILY = Pattern.compile("(?m)^# TYPE (verifier_[a-z_]+) ");

    /** Names that alerting systems and dashboards of others use: they are never changed. */
    private static final List<String> CONTRACT = List.of(
            "verifier_changes_total",
            "verifier_outcomes_total",
            "verifier_mismatches_total",
            "verifier_findings_open",
            "verifier_mismatch_ratio",
            "verifier_null_ratio",
            "verifier_abort_active",
            "verifier_abort_threshold",
            "verifier_aborts_total",
            "verifier_dual_write_latency_seconds",
            "verifier_detection_seconds",
            "verifier_window_verified_seconds",
            "verifier_window_blind_seconds_total",
            "verifier_coverage_gaps_total",
            "verifier_report_divergent_rows",
            "verifier_census_finished_timestamp_seconds",
            "verifier_census_progress_ratio",
            "verifier_source_lag_seconds",
            "verifier_source_lag_bytes",
            "verifier_source_heartbeat_timestamp_seconds",
            "verifier_slot_retained_bytes",
            "verifier_engine_restarts_total",
            "verifier_checkpoint_seconds",
            "verifier_build_info");

    private final Map<String, Set<String>> page = LINE.matcher(Checkout.text("docs/metrics.md"))
            .results()
            .collect(Collectors.toMap(
                    line -> line.group(1),
                    line -> new TreeSet<>(Arrays.asList(line.group(2).split(", ", -1))),
                    (one, other) -> one,
                    TreeMap::new));
    private final String exposition = exposition();

    private static String exposition() {
        Meters meters = new Meters(
                new Board(),
                List.of(SampleStory.promotion(), SampleStory.screenedPromotion()),
                "nexus",
                new Meters.BuildInfo("1", "2", "3", "17"));
        meters.report(SampleStory.promotion().id(), "cases-by-priority");
        return meters.scrape("");
    }

    @Test
    void thePageHasEveryMetricAndNoOther() {
        assertThat(FAMILY.matcher(exposition).results().map(found -> found.group(1)))
                .filteredOn(family -> !family.endsWith("_seconds_max"))
                .containsExactlyInAnyOrderElementsOf(page.keySet());
    }

    @Test
    void theNamesThatOthersRelyOnStand() {
        assertThat(page).containsKeys(CONTRACT.toArray(String[]::new));
    }

    @Test
    void everySeriesHasTheLabelsOfThePageFromTheStart() {
        assertThat(page).allSatisfy((metric, labels) -> {
            List<MatchResult> series = Pattern.compile("(?m)^" + metric + "(?:_count|_bucket|_sum|)\\{([^}]*)} (\\S+)$")
                    .matcher(exposition)
                    .results()
                    .toList();
            assertThat(series)
                    .as(metric)
                    .isNotEmpty()
                    .allSatisfy(one -> assertThat(labels(one.group(1))).isEqualTo(labels));
        });
    }

    private static Set<String> labels(String text) {
        Set<String> names = new TreeSet<>();
        Pattern.compile("([a-z]+)=\"").matcher(text).results().forEach(found -> names.add(found.group(1)));
        names.remove("le");
        return names;
    }

    @Test
    void aRateIsUnknownBeforeAnythingWasCountedAndNotZero() {
        assertThat(exposition)
                .containsPattern("(?m)^verifier_mismatch_ratio\\{.*rate=\"window\".*} NaN$")
                .containsPattern("(?m)^verifier_mismatch_ratio\\{.*rate=\"state\".*} NaN$")
                .containsPattern("(?m)^verifier_null_ratio\\{.*} NaN$");
    }
}
