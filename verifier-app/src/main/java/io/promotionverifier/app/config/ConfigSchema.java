package io.promotionverifier.app.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The JSON Schema of a configuration file, for editors; made from the table of keys. */
public final class ConfigSchema {
    private ConfigSchema() {}

    /** The schema, draft 2020-12. References may stand for any single value. */
    public static ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        document.put("title", "Promotion Verifier configuration");
        document.setAll(ConfigKeys.ROOT.schema());
        document.putObject("$defs")
                .putObject("reference")
                .put("type", "string")
                .put("pattern", "\\$\\{(env|file):[^}]*\\}")
                .put("description", "A value from the environment (${env:NAME}) or a file (${file:/path}).");
        return document;
    }
}
