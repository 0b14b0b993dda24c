/**
 * The gate as command and HTTP ask it: the configuration's policy and what the source says, put beside a checkpoint.
 * May import core, postgres, kafka.json, app.config and app.assembly. Start at
 * {@link io.promotionverifier.app.gate.GateQuestion}.
 */
@NullMarked
package io.promotionverifier.app.gate;

import org.jspecify.annotations.NullMarked;
