/**
 * What a configuration value may look like: each form reads a node, describes itself for people and as JSON Schema.
 * Immutable, safe for use by many threads. May import the tree, the core's words and Jackson's tree model. Start at
 * {@link io.promotionverifier.app.config.form.Form} and {@link io.promotionverifier.app.config.form.Section}.
 */
@NullMarked
package io.promotionverifier.app.config.form;

import org.jspecify.annotations.NullMarked;
