package io.promotionverifier.core.change;

import java.time.Instant;

/**
 * The place of a row change in the stream.
 *
 * @param lsn the change's own LSN; several rows may share one, and it goes back between transactions
 * @param transaction the transaction's id
 * @param order the ordinal inside the transaction, from 0
 * @param commitTime when the transaction committed, by the server's clock
 */
public record Position(Lsn lsn, long transaction, long order, Instant commitTime) {
    /** This place as a moment of the stream. */
    public Moment moment() {
        return new Moment(lsn, java.util.OptionalLong.of(transaction), commitTime);
    }
}
