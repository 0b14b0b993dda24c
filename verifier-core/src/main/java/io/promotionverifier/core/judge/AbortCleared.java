package io.promotionverifier.core.judge;

import java.time.Instant;

/**
 * The end of an abort.
 *
 * @param abort what was cleared
 * @param cleared stream time of the clearing
 * @param by who cleared it
 * @param reason why
 */
public record AbortCleared(Abort abort, Instant cleared, String by, String reason) {}
