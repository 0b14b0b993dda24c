/** What the daemon decides without a server. May import the application and the core. Confined to the test's thread. */
@NullMarked
package io.promotionverifier.app.daemon;

import org.jspecify.annotations.NullMarked;
