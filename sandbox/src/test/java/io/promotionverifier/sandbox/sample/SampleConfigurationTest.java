package io.promotionverifier.sandbox.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The sample's configuration, as text. */
final class SampleConfigurationTest {
    private final SampleConfiguration configuration = new SampleConfiguration(
            Path.of("/data"), "jdbc:postgresql://h/d", "me", "it's: #1", "h:9092", 8081, Duration.ofSeconds(3));

    @Test
    void itNamesEveryPromotionAsTheSchemaHasIt() {
        for (SamplePromotion promotion : SamplePromotion.values()) {
            String start = "  - id: " + promotion.id() + "\n    table: "
                    + promotion.table().tableName() + "\n    from: " + promotion.from() + "\n    to: " + promotion.to()
                    + "\n";
            String allowed = promotion.allowed().isEmpty()
                    ? ""
                    : "    allowed: [" + String.join(", ", promotion.allowed()) + "]\n";
            assertThat(configuration.yaml()).contains(start + allowed);
        }
        assertThat(configuration.yaml().split("- id: ", -1)).hasSize(SamplePromotion.values().length + 1);
    }

    @Test
    void itTakesTheServersAndQuotesThem() {
        assertThat(configuration.yaml())
                .startsWith("version: 1\ndata: '/data'\n")
                .contains("  password: 'it''s: #1'\n", "  grace: 3s\n", "port: 8081}")
                .doesNotContain("${");
        assertThat(configuration.toString()).doesNotContain("it's");
    }
}
