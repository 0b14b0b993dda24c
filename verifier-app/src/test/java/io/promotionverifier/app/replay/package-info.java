/** Replay as the command asks it. */
@org.jspecify.annotations.NullMarked
package io.promotionverifier.app.replay;
