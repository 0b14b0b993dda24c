/** Tests of the command line. */
@NullMarked
package io.promotionverifier.app.cli;

import org.jspecify.annotations.NullMarked;
