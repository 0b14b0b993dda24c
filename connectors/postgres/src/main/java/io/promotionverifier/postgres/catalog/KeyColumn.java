package io.promotionverifier.postgres.catalog;

import io.promotionverifier.postgres.decode.KeyForm;
import java.util.Optional;

/**
 * A column of the primary key, with what is needed to render it as {@code to_jsonb} does.
 *
 * @param name its literal name
 * @param number its {@code attnum}
 * @param sqlName its type as {@code format_type} prints it
 * @param form its form in JSON; absent for a type whose row keys follow in a later version
 */
public record KeyColumn(String name, int number, String sqlName, Optional<KeyForm> form) {}
