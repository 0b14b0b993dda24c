package io.promotionverifier.core.change;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * A moment of the stream: a transaction's commit or a heartbeat.
 *
 * @param lsn where in the log
 * @param transaction the transaction's id; absent for a heartbeat
 * @param time the server's clock
 */
public record Moment(Lsn lsn, OptionalLong transaction, Instant time) {}
