package io.promotionverifier.postgres.report;

/** Which query of a pair gave a row. */
enum RowSide {
    COLUMN,
    DOCUMENT
}
