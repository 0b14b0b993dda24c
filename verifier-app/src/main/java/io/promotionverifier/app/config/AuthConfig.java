package io.promotionverifier.app.config;

import io.promotionverifier.app.config.form.Secret;
import java.util.Optional;

/**
 * Who may change things over HTTP.
 *
 * @param token the bearer token; absent: nobody
 */
public record AuthConfig(Optional<Secret> token) {}
