package io.promotionverifier.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.promotionverifier.app.config.ConfigLoader;
import io.promotionverifier.app.config.HttpConfig;
import io.promotionverifier.app.config.ServerAddress;
import io.promotionverifier.app.config.VerifierConfig;
import io.promotionverifier.app.config.form.Secret;
import io.promotionverifier.sandbox.sample.SampleConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** deploy/compose/verifier.yaml as the verifier reads it, beside the compose file that it belongs to. */
class ComposeConfigurationTest {
    private static final Pattern SECRET = Pattern.compile("/run/secrets/([a-z-]+)");

    @TempDir
    private Path secrets = Path.of(".");

    private final ComposeFile compose = ComposeFile.read();
    private final String text = Checkout.text("deploy/compose/verifier.yaml");

    @BeforeEach
    void writeSecrets() throws IOException {
        for (String secret : compose.secretFiles().keySet()) {
            Files.writeString(secrets.resolve(secret), "content of " + secret + "\n");
        }
    }

    private VerifierConfig config() {
        return load(text.replace("/run/secrets/", secrets + "/"), Map.of());
    }

    private VerifierConfig load(String yaml, Map<String, String> environment) {
        return new ConfigLoader(environment)
                .load(secrets.resolve("verifier.yaml"), yaml, List.of())
                .config();
    }

    @Test
    void itIsValidAndReadsBothSecrets() {
        VerifierConfig config = config();

        assertThat(config.source().password()).contains(new Secret("content of postgres-password"));
        assertThat(config.auth().token()).contains(new Secret("content of verifier-token"));
    }

    @Test
    void theVerifierIsGivenTheSecretsThatItReadsAndNoOthers() {
        List<String> given = ComposeFile.texts(compose.service("verifier").path("secrets"));

        assertThat(SECRET.matcher(text).results().map(found -> found.group(1)).distinct())
                .containsExactlyInAnyOrderElementsOf(given);
    }

    @Test
    void itReachesTheServersOfTheComposeFile() {
        JsonNode postgres = compose.service("postgres").path("environment");
        String listeners = compose.service("kafka")
                .path("environment")
                .path("KAFKA_ADVERTISED_LISTENERS")
                .asText();
        VerifierConfig config = config();

        assertThat(config.source().server())
                .isEqualTo(ServerAddress.of("jdbc:postgresql://postgres:5432/"
                        + postgres.path("POSTGRES_DB").asText()));
        assertThat(config.source().username())
                .isEqualTo(Optional.of(postgres.path("POSTGRES_USER").asText()));
        assertThat(config.kafka().server()).isEqualTo(new ServerAddress.External("kafka:19092"));
        assertThat(listeners).contains("INTERNAL://kafka:19092");
    }

    @Test
    void itListensInTheContainerAndAnswersToTheHostsLoopback() {
        assertThat(config().http()).isEqualTo(new HttpConfig("0.0.0.0", 8080, List.of("localhost", "127.0.0.1")));
        assertThat(config().data()).isEqualTo(Path.of("/data"));
    }

    @Test
    void itVerifiesThePromotionsOfTheSampleThatTheDatabaseIsMadeWith() {
        VerifierConfig sample =
                load(SampleConfiguration.template(), Map.of("PGUSER", "anyone", "PGPASSWORD", "anything"));

        assertThat(config().promotions()).isEqualTo(sample.promotions()).isNotEmpty();
    }
}
