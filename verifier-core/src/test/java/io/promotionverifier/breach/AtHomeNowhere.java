package io.promotionverifier.breach;

/** Lives in no room. */
public final class AtHomeNowhere {}
