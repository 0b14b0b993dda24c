package io.promotionverifier.core.settle;

/** How a finding ended. */
public enum Resolution {
    AGREED,
    DELETED,
    TRUNCATED,
    EXPLAINED,
    /** The row agrees or is gone: the server, which compares first, does not tell which. */
    CLEARED
}
