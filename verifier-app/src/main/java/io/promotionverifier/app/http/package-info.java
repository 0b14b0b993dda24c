/**
 * The HTTP surface on loopback: pages and events to read, orders to send. May import core, kafka.json, kafka.command,
 * app.board, app.metrics and Javalin. Runs on Jetty's threads and one for each client of the events; reads immutable
 * views. Start at {@link io.promotionverifier.app.http.HttpSurface}.
 */
@NullMarked
package io.promotionverifier.app.http;

import org.jspecify.annotations.NullMarked;
