package io.promotionverifier.app.config.form;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A value that was read, with what may be shown of it.
 *
 * @param value the value
 * @param shown the value for {@code config show}: secrets masked, defaults filled
 * @param <T> what was read
 */
public record Shown<T>(T value, JsonNode shown) {}
