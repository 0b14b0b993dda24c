package io.promotionverifier.core.compare;

/** Why a divergence is expected. */
public enum ExplainedReason {
    /** Phase A: the backfill has not reached the row. */
    BACKFILL_PENDING,
    /** The referenced parent was deleted and ON DELETE SET NULL cleared the column. */
    FK_NULLED,
    /** A value outside the promoted domain, left NULL on purpose. */
    NOT_PROMOTED,
    /** A waiver covers the row. */
    WAIVED
}
