/**
 * Reads JSON with PostgreSQL's own grammar. Pure, imports nothing of the core. Start at
 * {@link io.promotionverifier.core.compare.json.JsonScanner}.
 */
@NullMarked
package io.promotionverifier.core.compare.json;

import org.jspecify.annotations.NullMarked;
