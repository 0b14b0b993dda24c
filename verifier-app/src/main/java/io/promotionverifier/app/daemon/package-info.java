/**
 * The composition root of a running verifier: which adapters, when to checkpoint, when to stop. May import all rooms.
 * One lock guards the line; see {@link io.promotionverifier.app.daemon.CaptureLine}. Start at
 * {@link io.promotionverifier.app.daemon.Daemon}.
 */
@NullMarked
package io.promotionverifier.app.daemon;

import org.jspecify.annotations.NullMarked;
