/**
 * What everybody but the line may read: immutable views through volatile references. May import core. Safe for use by
 * many threads. Start at {@link io.promotionverifier.app.board.Board}.
 */
@NullMarked
package io.promotionverifier.app.board;

import org.jspecify.annotations.NullMarked;
