/** What everybody may read. */
@org.jspecify.annotations.NullMarked
package io.promotionverifier.app.board;
