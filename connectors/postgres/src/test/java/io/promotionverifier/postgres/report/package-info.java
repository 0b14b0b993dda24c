/** Reports against real servers, and their difference without one. */
@org.jspecify.annotations.NullMarked
package io.promotionverifier.postgres.report;
