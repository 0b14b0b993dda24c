package io.promotionverifier.app.config;

import java.time.Duration;

/**
 * When a promotion may go on.
 *
 * @param nullRate the highest tolerable null rate, from 0 to 1
 * @param unverifiableRate the highest tolerable share of unverifiable changes, from 0 to 1
 * @param censusAge how old the latest census may be
 */
public record GateConfig(double nullRate, double unverifiableRate, Duration censusAge) {}
