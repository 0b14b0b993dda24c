/**
 * Report pairs: two queries that must give the same rows, read in one snapshot and compared as multisets; and the pair
 * that is generated for a promotion. May import core, access and catalog. A reader belongs to one thread. Start at
 * {@link io.promotionverifier.postgres.report.ReportReader}.
 */
@NullMarked
package io.promotionverifier.postgres.report;

import org.jspecify.annotations.NullMarked;
