package io.promotionverifier.core.change;

/**
 * One committed row change: the unit that is judged and counted.
 *
 * @param event what happened
 * @param position where in the stream
 * @param lastOfTransaction true for the last captured change of its transaction: with it the transaction is committed
 */
public record RowChange(RowEvent event, Position position, boolean lastOfTransaction) {}
