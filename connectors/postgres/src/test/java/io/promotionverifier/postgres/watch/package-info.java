/** Tests of the watch over catalog and slot. May import all of the connector. One thread each. */
@NullMarked
package io.promotionverifier.postgres.watch;

import org.jspecify.annotations.NullMarked;
