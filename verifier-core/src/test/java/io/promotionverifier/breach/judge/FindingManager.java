package io.promotionverifier.breach.judge;

/** Has a name that says nothing. */
public final class FindingManager {}
