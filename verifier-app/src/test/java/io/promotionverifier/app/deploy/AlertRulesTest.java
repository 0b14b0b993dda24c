package io.promotionverifier.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.promotionverifier.app.board.Board;
import io.promotionverifier.app.metrics.Meters;
import io.promotionverifier.core.judge.AbortTrigger;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** deploy/prometheus/alerts.yaml asks for what the daemon tells, and sends people to pages that exist. */
class AlertRulesTest {
    private static final String FOLDER = "deploy/prometheus";
    private static final Pattern METRIC = Pattern.compile("verifier_[a-z_]+");
    private static final Pattern LABEL = Pattern.compile("(verifier_[a-z_]+)\\{([a-z]+)=\"([A-Za-z]+)\"\\}");

    private final JsonNode rules = read("alerts.yaml");
    private final String exposition = new Meters(
                    new Board(), List.of(SampleStory.promotion()), "nexus", new Meters.BuildInfo("1", "2", "3", "17"))
            .scrape("");

    private static JsonNode read(String name) {
        try {
            return new YAMLMapper().readTree(Checkout.text(FOLDER + "/" + name));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<JsonNode> alerts() {
        List<JsonNode> alerts = new ArrayList<>();
        rules.path("groups").forEach(group -> group.path("rules").forEach(alerts::add));
        return alerts;
    }

    private static String text(JsonNode alert, String... path) {
        return alert.at("/" + String.join("/", path)).asText();
    }

    @Test
    void everyMetricOfARuleIsToldByTheDaemonFromTheStart() {
        assertThat(alerts())
                .hasSizeGreaterThan(10)
                .allSatisfy(alert -> assertThat(
                                METRIC.matcher(text(alert, "expr")).results().map(MatchResult::group))
                        .as(text(alert, "alert"))
                        .allSatisfy(metric -> assertThat(exposition).containsPattern("(?m)^" + metric + "[{ ]")));
    }

    @Test
    void everyLabelOfARuleIsTold() {
        assertThat(alerts().stream()
                        .flatMap(alert -> LABEL.matcher(text(alert, "expr")).results()))
                .isNotEmpty()
                .allSatisfy(found -> assertThat(exposition)
                        .containsPattern(
                                "(?m)^" + found.group(1) + "\\{.*" + found.group(2) + "=\"" + found.group(3) + "\""));
    }

    @Test
    void everyAlertHasASeverityAndARunbookThatTellsOfIt() {
        String index = Checkout.text("docs/runbooks/README.md");
        assertThat(alerts()).allSatisfy(alert -> {
            String name = text(alert, "alert");
            assertThat(text(alert, "labels", "severity")).as(name).isIn("page", "ticket");
            String page = text(alert, "annotations", "runbook");
            assertThat(page).as(name).matches("docs/runbooks/[a-z-]+\\.md");
            assertThat(Checkout.file(page)).as(name).isRegularFile();
            assertThat(index.lines().filter(line -> line.contains("`" + name + "`")))
                    .singleElement()
                    .asString()
                    .contains("(" + Path.of(page).getFileName() + ")")
                    .contains(text(alert, "labels", "severity").equals("page") ? "| yes |" : "| no |");
        });
    }

    @ParameterizedTest
    @EnumSource
    void everyTriggerHasARunbook(AbortTrigger trigger) {
        String page = trigger.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".md";
        assertThat(Checkout.text("docs/runbooks/README.md")).contains("| `" + trigger + "` |", "(" + page + ")");
        assertThat(Checkout.file("docs/runbooks/" + page)).isRegularFile();
    }

    @Test
    void everyAlertHasAUnitTestThatFiresItAndOneThatDoesNot() {
        Set<String> fired = new TreeSet<>();
        Set<String> calm = new TreeSet<>();
        read("alerts.test.yaml")
                .path("tests")
                .forEach(test -> test.path("alert_rule_test")
                        .forEach(step ->
                                (step.path("exp_alerts").isEmpty() ? calm : fired).add(text(step, "alertname"))));
        Set<String> all = alerts().stream().map(alert -> text(alert, "alert")).collect(Collectors.toSet());

        assertThat(fired).isEqualTo(new TreeSet<>(all));
        assertThat(calm).isEqualTo(new TreeSet<>(all));
    }

    /** Prometheus' own tool comes with its distribution, not from Maven Central. */
    @Test
    void theRulesPassTheirUnitTestsWherePromtoolIsInstalled() throws IOException, InterruptedException {
        Optional<Path> promtool = Stream.of(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "promtool"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(promtool.isPresent(), "promtool is not in the PATH");
        Process process = new ProcessBuilder(promtool.orElseThrow().toString(), "test", "rules", "alerts.test.yaml")
                .directory(Checkout.file(FOLDER).toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
