package io.promotionverifier.postgres.report;

import java.time.ZoneId;
import java.util.Optional;

/**
 * Two queries that must give the same rows.
 *
 * @param id the report's name
 * @param column the query on the promoted column
 * @param document the query on the document
 * @param zone the zone of the session; UTC where nothing is declared
 */
public record ReportPair(String id, String column, String document, Optional<ZoneId> zone) {}
