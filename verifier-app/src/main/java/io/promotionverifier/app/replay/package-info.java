/**
 * Replay as the command asks it: the history judged again and held against what was published. Writes nothing. May
 * import core, kafka, app.cli, app.config and app.gate. Confined to the thread that asks. Start at
 * {@link io.promotionverifier.app.replay.ReplayLine}.
 */
@NullMarked
package io.promotionverifier.app.replay;

import org.jspecify.annotations.NullMarked;
