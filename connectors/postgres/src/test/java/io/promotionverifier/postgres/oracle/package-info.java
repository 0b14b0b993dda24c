/**
 * Holds the comparison rules against a real PostgreSQL: the oracle. May import the core, the sandbox and JDBC. Each
 * test owns its connection. Start at {@link io.promotionverifier.postgres.oracle.TypeRulesOracleIT}.
 */
@NullMarked
package io.promotionverifier.postgres.oracle;

import org.jspecify.annotations.NullMarked;
