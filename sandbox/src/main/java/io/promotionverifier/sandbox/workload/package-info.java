/**
 * An application that dual-writes the sample, and its faults: planned by a seed, paced, written on several connections,
 * with a ledger of every row it left inconsistent. May import {@code sandbox.sample}, the core's names and java.sql.
 * Each worker thread owns its rows, its plan and its connection; start reading at {@link Workload}.
 */
@NullMarked
package io.promotionverifier.sandbox.workload;

import org.jspecify.annotations.NullMarked;
