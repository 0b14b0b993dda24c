/**
 * What each command does, one class each: reads the configuration, opens the servers, asks, prints. May import all
 * rooms. Confined to the main thread. Start at {@link io.promotionverifier.app.command.StandardCommands}.
 */
@NullMarked
package io.promotionverifier.app.command;

import org.jspecify.annotations.NullMarked;
