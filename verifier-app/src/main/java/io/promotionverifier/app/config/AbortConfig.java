package io.promotionverifier.app.config;

import io.promotionverifier.core.promotion.LatencyPolicy;
import io.promotionverifier.core.promotion.MismatchRatePolicy;

/**
 * When to abort.
 *
 * @param mismatchRate the limit on mismatching rows
 * @param dualWriteLatency the limits on the latency of dual-writing
 * @param reportDivergenceMaxRows how many rows a report's two sides may differ in
 */
public record AbortConfig(
        MismatchRatePolicy mismatchRate, LatencyPolicy dualWriteLatency, long reportDivergenceMaxRows) {}
