/**
 * Replay: what the history holds, judged again by the same core. Confined to the thread that reads the history. May
 * import all of core. Start at {@link io.promotionverifier.core.replay.Replay}.
 */
@NullMarked
package io.promotionverifier.core.replay;

import org.jspecify.annotations.NullMarked;
