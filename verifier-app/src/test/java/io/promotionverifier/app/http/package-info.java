/** The HTTP surface over real sockets, with a desk that remembers. */
@org.jspecify.annotations.NullMarked
package io.promotionverifier.app.http;
