/**
 * The read-only surface on loopback. May import core, kafka.json, app.board, app.metrics and Javalin. Runs on Jetty's
 * threads; reads immutable views. Start at {@link io.promotionverifier.app.http.HttpSurface}.
 */
@NullMarked
package io.promotionverifier.app.http;

import org.jspecify.annotations.NullMarked;
