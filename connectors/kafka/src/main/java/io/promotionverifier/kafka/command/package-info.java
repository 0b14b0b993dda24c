/**
 * Orders of operators, in and out. May import core, Jackson, client, json and topic. A reader belongs to the thread
 * that walks the line, a writer to the command that sends. Start at
 * {@link io.promotionverifier.kafka.command.CommandReader}.
 */
@NullMarked
package io.promotionverifier.kafka.command;

import org.jspecify.annotations.NullMarked;
