/**
 * Tests of what is delivered beside the code: container files and the examples of the documentation. May import
 * everything; reads files of the checkout, starts no server.
 */
@NullMarked
package io.promotionverifier.app.deploy;

import org.jspecify.annotations.NullMarked;
