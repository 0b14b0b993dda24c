/**
 * The SQL text that the product proposes: identifiers quoted, nothing executed. Pure. May import promotion. Start at
 * {@link io.promotionverifier.core.sql.RollbackScript}.
 */
@NullMarked
package io.promotionverifier.core.sql;

import org.jspecify.annotations.NullMarked;
