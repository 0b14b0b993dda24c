/**
 * The configuration file as a tree whose nodes know where they were written: YAML, {@code --set}, references. Immutable
 * data, walked by the thread that loads. May import the JDK and the YAML parser. Start at
 * {@link io.promotionverifier.app.config.tree.YamlTree}.
 */
@NullMarked
package io.promotionverifier.app.config.tree;

import org.jspecify.annotations.NullMarked;
