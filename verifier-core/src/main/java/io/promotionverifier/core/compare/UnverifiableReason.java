package io.promotionverifier.core.compare;

/** Why a row version could not be judged. */
public enum UnverifiableReason {
    /** An unchanged out-of-line document is not in the event and could not be resolved. */
    TOAST,
    /** A column is missing from the event or has another type. */
    SCHEMA,
    /** Beyond a documented limit of size, depth or number. */
    LIMIT,
    /** The result depends on session settings or on now. */
    VOLATILE,
    /** The look-up of the referenced parent failed: a cleared column may or may not be explained by it. */
    PARENT
}
