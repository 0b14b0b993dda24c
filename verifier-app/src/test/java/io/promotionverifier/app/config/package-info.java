/** Tests of the configuration. */
@NullMarked
package io.promotionverifier.app.config;

import org.jspecify.annotations.NullMarked;
