package io.promotionverifier.sandbox.workload;

/**
 * One value, spelled for either side.
 *
 * @param column the column's text; values are equal when these are
 * @param document the JSON text that the column's type reads as the same value
 */
record Value(String column, String document) {}
