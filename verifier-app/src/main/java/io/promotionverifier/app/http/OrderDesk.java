package io.promotionverifier.app.http;

import io.promotionverifier.kafka.command.Order;

/** Where orders that came over HTTP go. Implementations are safe for many threads. */
public interface OrderDesk {
    /** True if there is a promotion of that id. */
    boolean knows(String promotion);

    /**
     * Keeps an order, so that it acts once.
     *
     * @return its number among all commands
     * @throws UnavailableException if it cannot be kept now
     */
    long send(Order order);
}
