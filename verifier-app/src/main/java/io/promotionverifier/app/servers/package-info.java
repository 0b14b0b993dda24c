/**
 * The two servers that a configuration names, or that we start because it says {@code embedded}. May import sandbox,
 * postgres.access, kafka and app.config. Start at {@link io.promotionverifier.app.servers.Servers}.
 */
@NullMarked
package io.promotionverifier.app.servers;

import org.jspecify.annotations.NullMarked;
