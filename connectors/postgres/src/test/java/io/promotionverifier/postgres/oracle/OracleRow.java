package io.promotionverifier.postgres.oracle;

import java.util.List;
import java.util.Optional;

/**
 * A row to be written.
 *
 * @param column texts of the promoted column: the first that its type accepts; NULL if it accepts none
 * @param jsonb the document as jsonb; NULL if absent or refused
 * @param json the document as json; NULL if absent or refused
 */
record OracleRow(List<String> column, Optional<String> jsonb, Optional<String> json) {}
