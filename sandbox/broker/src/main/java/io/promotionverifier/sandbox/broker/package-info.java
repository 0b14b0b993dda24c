/**
 * One KRaft broker as a process of its own, so that its Kafka version never meets the clients' on one class path. May
 * import Kafka's server and the JDK, nothing of ours. The main thread owns everything here.
 */
@NullMarked
package io.promotionverifier.sandbox.broker;

import org.jspecify.annotations.NullMarked;
