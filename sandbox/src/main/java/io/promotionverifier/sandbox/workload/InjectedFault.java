package io.promotionverifier.sandbox.workload;

import io.promotionverifier.sandbox.sample.InconsistentRow;

/**
 * An entry of the ledger: a row that was made inconsistent and is never touched again.
 *
 * @param fault what was done
 * @param row the row, and the kind of mismatch that its state shows
 */
public record InjectedFault(FaultKind fault, InconsistentRow row) {}
