/** What the tests of this connector share. */
@NullMarked
package io.promotionverifier.kafka;

import org.jspecify.annotations.NullMarked;
