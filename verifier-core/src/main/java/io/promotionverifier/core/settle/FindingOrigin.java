package io.promotionverifier.core.settle;

/** What found it. */
public enum FindingOrigin {
    STREAM,
    CENSUS
}
