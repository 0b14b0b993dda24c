package io.promotionverifier.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promotionverifier.app.config.PromotionConfig.Target;
import io.promotionverifier.app.config.form.Secret;
import io.promotionverifier.core.change.TableName;
import io.promotionverifier.core.promotion.DocumentPath;
import io.promotionverifier.core.promotion.LatencyPolicy;
import io.promotionverifier.core.promotion.MismatchRatePolicy;
import io.promotionverifier.core.promotion.Phase;
import io.promotionverifier.core.promotion.Promotion;
import io.promotionverifier.core.promotion.PromotionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each key becomes. */
class ConfigLoaderTest {
    @TempDir
    private Path folder = Path.of(".");

    private ConfigTexts texts = new ConfigTexts(folder, Map.of());

    @BeforeEach
    void readInTheFolder() {
        texts = new ConfigTexts(folder, Map.of("PGUSER", "verifier"));
    }

    private VerifierConfig contract() throws IOException {
        for (String secret : List.of("pg", "verifier-token", "values-key")) {
            Files.writeString(folder.resolve(secret), "secret of " + secret + "\n");
        }
        return texts.read(ConfigTexts.contract().replace("/run/secrets/", ""));
    }

    @Test
    void everyKeyOfTheContractIsRead() throws IOException {
        VerifierConfig config = contract();

        assertThat(config.data()).isEqualTo(folder.resolve("data").toAbsolutePath());
        SourceConfig source = config.source();
        assertThat(source.name()).isEqualTo("nexus");
        assertThat(source.server()).isEqualTo(ServerAddress.of("jdbc:postgresql://127.0.0.1:5432/nexus"));
        assertThat(source.username()).contains("verifier");
        assertThat(source.password()).contains(new Secret("secret of pg"));
        assertThat(source.slot()).isEqualTo("verifier_nexus");
        assertThat(source.publication()).isEqualTo("verifier_nexus");
        assertThat(source.heartbeat()).isEqualTo(Duration.ofSeconds(5));
        assertThat(source.mode()).isEqualTo(SourceConfig.Mode.EMBEDDED);
        assertThat(source.capture()).isEqualTo(SourceConfig.Capture.ALL);
        assertThat(source.debezium().properties()).isEmpty();
        assertThat(config.kafka().server()).isEqualTo(new ServerAddress.External("127.0.0.1:9092"));
        assertThat(config.kafka().prefix()).isEqualTo("verifier");
        assertThat(config.kafka().client().properties()).isEmpty();
        assertThat(config.kafka().history()).isEqualTo(new KafkaConfig.History(true, Duration.ofDays(45)));
        assertThat(config.http()).isEqualTo(new HttpConfig("127.0.0.1", 8080, List.of("localhost", "127.0.0.1")));
        assertThat(config.auth().token()).contains(new Secret("secret of verifier-token"));
        assertThat(config.reports())
                .containsExactly(new ReportConfig(
                        "cases-by-priority",
                        new PromotionId("PROMO-001"),
                        Duration.ofHours(1),
                        "SELECT priority AS k, count(*) AS n FROM nexus_cases GROUP BY 1",
                        "SELECT metadata->>'priority' AS k, count(*) AS n FROM nexus_cases GROUP BY 1"));
    }

    @Test
    void aPolicyWithoutAnythingIsEmptyAndOneWithoutPromotionsIsNamed() throws IOException {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), "# nothing yet\n");
        ConfigLoader loader = new ConfigLoader(Map.of());
        assertThatThrownBy(() -> loader.loadPolicy(policy))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("policy.yaml: is empty");
        Files.writeString(policy, "defaults: {grace: 1h}\n");
        assertThatThrownBy(() -> loader.loadPolicy(policy))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("policy.yaml:")
                .hasMessageContaining("promotions: is required");
    }

    @Test
    void everyKeyOfAPromotionIsRead() throws IOException {
        VerifierConfig config = contract();

        assertThat(config.promotions())
                .containsExactly(new PromotionConfig(
                        new PromotionId("PROMO-001"),
                        new TableName("public", "nexus_cases"),
                        new DocumentPath("metadata", List.of("priority")),
                        new Target.Column("priority"),
                        Optional.of("text"),
                        new Promotion.Domain(Optional.of(Set.of("low", "normal", "high", "urgent")), false),
                        Phase.B,
                        Optional.of(Instant.parse("2025-01-16T00:00:00Z")),
                        "architecture-team",
                        Optional.of(new Promotion.Reference(new TableName("public", "roadmap_items"))),
                        List.of(new WaiverConfig(
                                List.of(new WaiverConfig.Key.Single("17"), new WaiverConfig.Key.Single("23")),
                                "legacy import",
                                "ana",
                                Instant.parse("2025-02-01T00:00:00Z"))),
                        "Filtered in most queries",
                        config.defaults()));
        assertThat(config.defaults())
                .isEqualTo(new PolicyConfig(
                        Duration.ofDays(30),
                        Duration.ofSeconds(30),
                        PolicyConfig.Disclosure.REDACT,
                        Optional.of(new Secret("secret of values-key")),
                        Optional.of(ZoneId.of("UTC")),
                        new AbortConfig(
                                new MismatchRatePolicy(
                                        0.001, MismatchRatePolicy.Mode.SEQUENTIAL, 0.01, 2995, Duration.ofHours(24)),
                                new LatencyPolicy(
                                        Duration.ofSeconds(2),
                                        Duration.ofMinutes(15),
                                        100,
                                        Optional.of(Duration.ofMillis(250)),
                                        OptionalDouble.of(0.3)),
                                0),
                        new GateConfig(0.01, 0.01, Duration.ofHours(24))));
    }

    @Test
    void whatIsNotGivenIsAsInTheContract() throws IOException {
        VerifierConfig contract = contract();
        VerifierConfig least = texts.read(ConfigTexts.LEAST);

        assertThat(least.data()).isEqualTo(contract.data());
        assertThat(least.source().slot()).isEqualTo("verifier_nexus");
        assertThat(least.source().publication()).isEqualTo("verifier_nexus");
        assertThat(least.source().heartbeat()).isEqualTo(contract.source().heartbeat());
        assertThat(least.source().mode()).isEqualTo(contract.source().mode());
        assertThat(least.source().capture()).isEqualTo(contract.source().capture());
        assertThat(least.source().username()).isEmpty();
        assertThat(least.source().password()).isEmpty();
        assertThat(least.kafka().prefix()).isEqualTo(contract.kafka().prefix());
        assertThat(least.kafka().history()).isEqualTo(contract.kafka().history());
        assertThat(least.http()).isEqualTo(contract.http());
        assertThat(least.auth().token()).isEmpty();
        PolicyConfig policy = least.defaults();
        assertThat(policy.window()).isEqualTo(contract.defaults().window());
        assertThat(policy.grace()).isEqualTo(contract.defaults().grace());
        assertThat(policy.values()).isEqualTo(PolicyConfig.Disclosure.REDACT);
        assertThat(policy.valuesKey()).isEmpty();
        assertThat(policy.zone()).isEmpty();
        assertThat(policy.abort().mismatchRate())
                .isEqualTo(contract.defaults().abort().mismatchRate());
        assertThat(policy.abort().dualWriteLatency().applicationP99()).isEmpty();
        assertThat(policy.abort().dualWriteLatency().applicationOverBaseline()).isEmpty();
        assertThat(policy.gate()).isEqualTo(contract.defaults().gate());
        PromotionConfig promotion = least.promotions().get(0);
        assertThat(promotion.phase()).isEqualTo(Phase.B);
        assertThat(promotion.domain()).isEqualTo(Promotion.Domain.ALL);
        assertThat(promotion.started()).isEmpty();
        assertThat(promotion.waivers()).isEmpty();
        assertThat(promotion.references()).isEmpty();
        assertThat(promotion.policy()).isEqualTo(policy);
        assertThat(least.reports()).isEmpty();
    }

    @Test
    void abortAndGateMergeKeyByKeyWithTheDefaults() {
        String text = ConfigTexts.LEAST + """
                    grace: 5s
                    abort: {mismatch_rate: {max: 0.5}, dual_write_latency: {p99: 9s}}
                    gate: {null_rate: 0%}
                defaults:
                  grace: 10s
                  window: 14d
                  abort: {mismatch_rate: {mode: strict, min_rows: 10}}
                  gate: {null_rate: 5%, census_age: 2h}
                """;

        PolicyConfig policy = texts.read(text).promotions().get(0).policy();

        assertThat(policy.grace()).isEqualTo(Duration.ofSeconds(5));
        assertThat(policy.window()).isEqualTo(Duration.ofDays(14));
        assertThat(policy.abort().mismatchRate())
                .isEqualTo(new MismatchRatePolicy(0.5, MismatchRatePolicy.Mode.STRICT, 0.01, 10, Duration.ofHours(24)));
        assertThat(policy.abort().dualWriteLatency().p99()).isEqualTo(Duration.ofSeconds(9));
        assertThat(policy.abort().dualWriteLatency().minimumSamples()).isEqualTo(100);
        assertThat(policy.gate()).isEqualTo(new GateConfig(0, 0.01, Duration.ofHours(2)));
    }

    @ParameterizedTest
    @CsvSource({"200ms, 200", "30s, 30000", "15m, 900000", "24h, 86400000", "1ms, 1"})
    void durationsHaveUnits(String written, long millis) {
        assertThat(texts.read(ConfigTexts.LEAST, "promotions[0].grace=" + written)
                        .promotions()
                        .get(0)
                        .policy()
                        .grace())
                .isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"0.1%, 0.001", "0.001, 0.001", "5 %, 0.05", "1, 1", "100%, 1", "0, 0"})
    void ratesAreFractionsOrPercentages(String written, double rate) {
        assertThat(texts.read(ConfigTexts.LEAST, "defaults.gate.null_rate=" + written)
                        .defaults()
                        .gate()
                        .nullRate())
                .isEqualTo(rate);
    }

    @Test
    void scalarsAreTypedByTheirKeyNotByYaml() {
        PromotionConfig promotion = texts.read(
                        ConfigTexts.LEAST + "    allowed: [yes, no, 017, 1.0, 2025-01-01]\n    owner: 42\n")
                .promotions()
                .get(0);

        assertThat(promotion.domain().allowed()).contains(Set.of("yes", "no", "017", "1.0", "2025-01-01"));
        assertThat(promotion.owner()).isEqualTo("42");
    }

    @Test
    void aCompositeWaiverNamesItsColumns() {
        PromotionConfig promotion = texts.read(ConfigTexts.LEAST
                        + "    waivers: [{keys: [{a: 1, b: x}], reason: r, by: b, until: 2025-02-01T10:00:00+02:00}]\n")
                .promotions()
                .get(0);

        assertThat(promotion.waivers())
                .containsExactly(new WaiverConfig(
                        List.of(new WaiverConfig.Key.Composite(Map.of("a", "1", "b", "x"))),
                        "r",
                        "b",
                        Instant.parse("2025-02-01T08:00:00Z")));
    }

    @Test
    void anIndexPromotionHasNoColumn() {
        VerifierConfig config = texts.read("""
                source: {name: nexus, url: embedded}
                kafka: {bootstrap: "[::1]:9092, kafka.example:9093"}
                promotions: [{id: P2, kind: index, table: public.tenants, from: settings->'feature_flags'}]
                """);

        assertThat(config.promotions().get(0).target()).isEqualTo(new Target.Index());
    }

    @Test
    void anAssignmentReplacesAndAddsBeforeValidation() {
        VerifierConfig config = texts.read(
                ConfigTexts.LEAST,
                "promotions[0].grace=5s",
                "source.slot=x",
                "source.debezium.max.batch.size=512",
                "http.hosts=[verifier.internal]",
                "promotions[1]={id: P2, table: public.cases, from: [doc, a.b, ''], to: Other}");

        assertThat(config.promotions().get(0).policy().grace()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.source().slot()).isEqualTo("x");
        assertThat(config.source().debezium().properties()).isEqualTo(Map.of("max.batch.size", "512"));
        assertThat(config.http().hosts()).containsExactly("verifier.internal");
        assertThat(config.promotions().get(1).from()).isEqualTo(new DocumentPath("doc", List.of("a.b", "")));
        assertThat(config.promotions().get(1).target()).isEqualTo(new Target.Column("Other"));
    }

    @Test
    void nothingThatPrintsAConfigurationPrintsASecret() throws IOException {
        contract();
        String text = ConfigTexts.contract()
                .replace("/run/secrets/", "")
                .replace("client: {}", "client: {sasl.jaas.config: hush-jaas, linger.ms: '${env:PGUSER}', retries: 3}")
                .replace("debezium: {}", "debezium: {database.sslpassword: hush-ssl}");

        LoadedConfig loaded = texts.load(text);

        assertThat(loaded.config().toString()).doesNotContain("secret of").doesNotContain("hush");
        assertThat(loaded.effective().toString()).doesNotContain("secret of").doesNotContain("hush");
        assertThat(loaded.effective().at("/source/password").asText()).isEqualTo("***");
        assertThat(loaded.effective().at("/kafka/client/linger.ms").asText()).isEqualTo("***");
        assertThat(loaded.effective().at("/kafka/client/retries").asText()).isEqualTo("3");
        assertThat(loaded.effective().at("/source/username").asText()).isEqualTo("verifier");
        assertThat(loaded.config().kafka().client().properties()).containsEntry("sasl.jaas.config", "hush-jaas");
    }

    @Test
    void theEffectiveConfigurationHoldsEveryDefault() {
        LoadedConfig loaded = texts.load(ConfigTexts.LEAST, "defaults.grace=7s");

        assertThat(loaded.effective().at("/source/slot").asText()).isEqualTo("verifier_nexus");
        assertThat(loaded.effective().at("/http/port").asInt()).isEqualTo(8080);
        assertThat(loaded.effective().at("/promotions/0/grace").asText()).isEqualTo("7s");
        assertThat(loaded.effective()
                        .at("/promotions/0/abort/mismatch_rate/max")
                        .asText())
                .isEqualTo("0.1%");
    }
}
