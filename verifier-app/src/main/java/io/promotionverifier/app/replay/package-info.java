/**
 * Replay as the command asks it: the history judged again and held against what was published. Writes nothing. May
 * import core, kafka, app.cli and app.config. Confined to the thread that asks. Start at
 * {@link io.promotionverifier.app.replay.ReplayLine}.
 */
@NullMarked
package io.promotionverifier.app.replay;

import org.jspecify.annotations.NullMarked;
