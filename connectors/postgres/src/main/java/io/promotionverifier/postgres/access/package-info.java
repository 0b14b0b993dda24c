/**
 * Connections to the source database: opened with time-outs, a fixed search path and an application name, their
 * failures told apart by SQLSTATE. May import core, java.sql and pgjdbc. A
 * {@link io.promotionverifier.postgres.access.Session} belongs to the thread that opened it. Start at
 * {@link io.promotionverifier.postgres.access.PostgresAccess}.
 */
@NullMarked
package io.promotionverifier.postgres.access;

import org.jspecify.annotations.NullMarked;
