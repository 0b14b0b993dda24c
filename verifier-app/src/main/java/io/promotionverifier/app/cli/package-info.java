/**
 * The command line: options, exit codes, and how a failure becomes one line. What a command does stands behind
 * {@link io.promotionverifier.app.cli.Commands}. May import the configuration, the core's words and picocli. Walked by
 * the main thread. Start at {@link io.promotionverifier.app.cli.CommandShell}.
 */
@NullMarked
package io.promotionverifier.app.cli;

import org.jspecify.annotations.NullMarked;
