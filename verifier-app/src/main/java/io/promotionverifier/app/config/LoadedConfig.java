package io.promotionverifier.app.config;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A configuration that was read.
 *
 * @param config the records
 * @param effective what {@code config show} prints: defaults filled, secrets masked
 */
public record LoadedConfig(VerifierConfig config, ObjectNode effective) {}
