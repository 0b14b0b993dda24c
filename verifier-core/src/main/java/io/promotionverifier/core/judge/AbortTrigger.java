package io.promotionverifier.core.judge;

/** What raises an abort. */
public enum AbortTrigger {
    MISMATCH_RATE,
    DUAL_WRITE_LATENCY,
    REPORT_DIVERGENCE,
    MANUAL
}
