package io.promotionverifier.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.promotionverifier.app.deploy.ComposeFile.Mount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds of docker-compose.yml and Dockerfile without a daemon to try them. */
class ComposeFileTest {
    private static final String EXACT_TAG = "[a-z/-]+:[0-9]+\\.[0-9]+(\\.[0-9]+)?[a-z0-9._-]*";

    private final ComposeFile compose = ComposeFile.read();
    private final List<String> dockerfile = Checkout.rules("Dockerfile");
    private final JsonNode verifier = compose.service("verifier");

    @Test
    void everyImageHasAnExactTag() {
        assertThat(compose.services().values())
                .isNotEmpty()
                .extracting(service -> service.path("image").asText())
                .allMatch(image -> image.matches(EXACT_TAG));
        assertThat(instruction("FROM"))
                .hasValueSatisfying(image -> assertThat(image).matches(EXACT_TAG));
    }

    @Test
    void theServersHaveTheVersionsThatTheTestsRunOn() {
        String pom = Checkout.text("pom.xml");

        assertThat(tag("kafka")).isEqualTo(property(pom, "kafka.broker.version"));
        assertThat(property(pom, "postgres.binaries.version"))
                .isEqualTo(tag("postgres").split("-", 2)[0] + ".0");
    }

    @Test
    void theBrokerIsNoneThatLosesTransactionMarkers() {
        assertThat(tag("kafka")).isNotIn("4.3.0", "4.3.1");
    }

    @Test
    void everyServiceTellsWhetherItIsHealthy() {
        assertThat(compose.services().values()).allSatisfy(service -> {
            if (service.has("build")) {
                assertThat(instruction("HEALTHCHECK")).isPresent();
            } else {
                assertThat(ComposeFile.texts(service.path("healthcheck").path("test")))
                        .startsWith("CMD");
            }
        });
    }

    @Test
    void postgresIsHealthyOnlyWhenItAnswersByTcp() {
        assertThat(ComposeFile.texts(
                        compose.service("postgres").path("healthcheck").path("test")))
                .containsSequence("-h", "127.0.0.1");
    }

    @Test
    void everyPublishedPortIsBoundToLoopback() {
        assertThat(compose.services().values())
                .allSatisfy(service -> assertThat(ComposeFile.texts(service.path("ports")))
                        .isNotEmpty()
                        .allMatch(port -> port.matches("127\\.0\\.0\\.1:[0-9]+:[0-9]+")));
    }

    @Test
    void whatIsWrittenGoesToNamedVolumesAndWhatIsMountedExists() {
        Set<String> declared =
                ComposeFile.members(compose.root().path("volumes")).keySet();

        assertThat(compose.services().values())
                .allSatisfy(service -> assertThat(ComposeFile.mounts(service))
                        .isNotEmpty()
                        .allSatisfy(mount -> {
                            if (mount.named()) {
                                assertThat(declared).contains(mount.source());
                            } else {
                                assertThat(mount.readOnly()).isTrue();
                                assertThat(Checkout.file(mount.source())).isRegularFile();
                            }
                        }));
    }

    @Test
    void theBrokersLogIsOnItsVolume() {
        JsonNode kafka = compose.service("kafka");
        String log = kafka.path("environment").path("KAFKA_LOG_DIRS").asText();

        assertThat(ComposeFile.mounts(kafka))
                .filteredOn(Mount::named)
                .extracting(Mount::target)
                .containsExactly(log);
    }

    @Test
    void theVerifierCanChangeNothingButItsData() {
        assertThat(verifier.path("read_only").asBoolean()).isTrue();
        assertThat(ComposeFile.texts(verifier.path("cap_drop"))).containsExactly("ALL");
        assertThat(ComposeFile.texts(verifier.path("security_opt"))).containsExactly("no-new-privileges:true");
        assertThat(verifier.has("privileged") || verifier.has("cap_add") || verifier.has("user"))
                .isFalse();
        assertThat(ComposeFile.mounts(verifier))
                .filteredOn(mount -> !mount.readOnly())
                .extracting(Mount::target)
                .containsExactly("/data");
    }

    @Test
    void theVerifierRunsAsAnOrdinaryUser() {
        assertThat(instruction("USER"))
                .hasValueSatisfying(user -> assertThat(user).matches("[1-9][0-9]*:[1-9][0-9]*"));
    }

    @Test
    void theVerifierHasTimeForItsLastCheckpoint() {
        Duration grace =
                Duration.parse("PT" + verifier.path("stop_grace_period").asText());

        assertThat(grace).isGreaterThan(Duration.ofSeconds(30));
    }

    @Test
    void theVerifierStartsWhenTheOthersAreHealthy() {
        Map<String, JsonNode> awaited = ComposeFile.members(verifier.path("depends_on"));

        assertThat(awaited).containsOnlyKeys("postgres", "kafka");
        assertThat(awaited.values())
                .extracting(each -> each.path("condition").asText())
                .containsOnly("service_healthy");
    }

    @Test
    void secretsAreFilesThatGitIgnores() {
        Path folder = Path.of("deploy/compose");
        List<String> ignored = Checkout.rules("deploy/compose/.gitignore");

        assertThat(compose.secretFiles().values()).isNotEmpty().allSatisfy(secret -> {
            String inFolder = "/" + folder.relativize(Path.of(secret).normalize());
            assertThat(ignored).anyMatch(rule -> rule.endsWith("/") && inFolder.startsWith(rule));
        });
        assertThat(compose.services().values()).allSatisfy(service -> {
            assertThat(compose.secretFiles().keySet()).containsAll(ComposeFile.texts(service.path("secrets")));
            assertThat(ComposeFile.members(service.path("environment")).keySet())
                    .noneMatch(name -> name.matches("(?i).*(password|secret|token)"));
        });
    }

    @Test
    void theImageIsBuiltFromTheDistributionAlone() {
        List<String> rules = Checkout.rules(".dockerignore");
        List<String> copied = dockerfile.stream()
                .filter(line -> line.startsWith("COPY ") || line.startsWith("ADD "))
                .map(line -> line.split(" +", -1)[1])
                .toList();

        assertThat(rules).first().isEqualTo("*");
        assertThat(rules.subList(1, rules.size())).containsExactly("!verifier-app/target/verifier");
        assertThat(copied).containsExactly("verifier-app/target/verifier");
    }

    @Test
    void theConfigurationIsMountedWhereTheImageReadsIt() {
        assertThat(ComposeFile.mounts(verifier))
                .contains(new Mount("./deploy/compose/verifier.yaml", "/etc/verifier/verifier.yaml", true));
        assertThat(instruction("CMD"))
                .hasValueSatisfying(
                        command -> assertThat(command).contains("\"run\", \"-c\", \"/etc/verifier/verifier.yaml\""));
        assertThat(Files.exists(Checkout.file("deploy/compose/verifier.yaml"))).isTrue();
    }

    private String tag(String service) {
        return compose.service(service).path("image").asText().split(":", 2)[1];
    }

    private static String property(String pom, String name) {
        String opening = "<" + name + ">";
        int begin = pom.indexOf(opening) + opening.length();
        return pom.substring(begin, pom.indexOf('<', begin));
    }

    /** The last one of its kind, which is the one that holds. */
    private Optional<String> instruction(String name) {
        return dockerfile.stream()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1).strip())
                .reduce((earlier, later) -> later);
    }
}
