package io.promotionverifier.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON Schema and the loader agree. */
class ConfigSchemaTest {
    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ConfigSchema.document());

    private List<Error> errors(String yaml) throws IOException {
        // Strict YAML wants references in flow mappings quoted.
        JsonNode document = new YAMLMapper().readTree(yaml.replaceAll(": (\\$\\{[^}]*})}", ": '$1'}"));
        return schema.validate(new ObjectMapper().readTree(document.toString()));
    }

    @Test
    void theContractsOwnExampleIsValid() throws IOException {
        assertThat(errors(ConfigTexts.contract())).isEmpty();
    }

    @Test
    void theLeastConfigurationIsValid() throws IOException {
        assertThat(errors(ConfigTexts.LEAST)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "    tabel: x\n",
                "    grace: 5\n",
                "    grace: 5 minutes\n",
                "    phase: D\n",
                "    from: {a: b}\n",
                "    allowed: []\n",
                "    abort: {mismatch_rate: {max: 2}}\n",
                "    abort: {mismatch_rate: {max: 2%, mode: lax}}\n",
                "    waivers: [{keys: [1], reason: r, by: b}]\n",
                "http: {port: 65536}\n",
                "http: {hosts: localhost}\n",
                "kafka2: {}\n",
                "reports: [{id: r}]\n",
            })
    void whatTheLoaderRefusesByFormTheSchemaRefuses(String addition) throws IOException {
        assertThat(errors(ConfigTexts.LEAST + addition)).isNotEmpty();
    }

    @Test
    void ownedPropertiesAreRefused() throws IOException {
        assertThat(errors(ConfigTexts.LEAST.replace("url: embedded", "url: embedded, debezium: {slot.name: x}")))
                .isNotEmpty();
        assertThat(errors(ConfigTexts.LEAST.replace("url: embedded", "url: embedded, debezium: {max.queue.size: 9}")))
                .isEmpty();
    }
}
