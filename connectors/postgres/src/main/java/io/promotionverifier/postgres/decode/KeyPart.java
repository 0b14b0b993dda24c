package io.promotionverifier.postgres.decode;

/**
 * One column of a primary key.
 *
 * @param name its literal name
 * @param form its form in JSON
 */
public record KeyPart(String name, KeyForm form) {}
