/**
 * The product as its users meet it: commands, a daemon in a JVM of its own, a real PostgreSQL and a real broker. May
 * import app.cli, app.command and sandbox, and plain clients of both servers. Each test has a database, a slot and a
 * topic prefix of its own. Start at {@link io.promotionverifier.app.it.Installation}.
 */
@NullMarked
package io.promotionverifier.app.it;

import org.jspecify.annotations.NullMarked;
