/**
 * Puts configuration and catalog together into what the core verifies and the engine captures. May import core,
 * postgres, kafka, sandbox, app.config and app.seal. Start at {@link io.promotionverifier.app.assembly.Assembly}.
 */
@NullMarked
package io.promotionverifier.app.assembly;

import org.jspecify.annotations.NullMarked;
