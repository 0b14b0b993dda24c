/**
 * Where the process begins. May import every room of the application. Walked by the main thread. Start at
 * {@link io.promotionverifier.app.Main}.
 */
@NullMarked
package io.promotionverifier.app;

import org.jspecify.annotations.NullMarked;
