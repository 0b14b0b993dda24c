package io.promotionverifier.core.settle;

/** How a finding ended. */
public enum Resolution {
    AGREED,
    DELETED,
    TRUNCATED,
    EXPLAINED
}
