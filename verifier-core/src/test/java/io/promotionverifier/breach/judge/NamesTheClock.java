package io.promotionverifier.breach.judge;

import java.time.Clock;

/**
 * Is handed a clock.
 *
 * @param clock the clock
 */
public record NamesTheClock(Clock clock) {}
