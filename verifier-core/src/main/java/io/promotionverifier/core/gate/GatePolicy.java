package io.promotionverifier.core.gate;

import java.time.Duration;

/**
 * What the gate asks for besides the window.
 *
 * @param nullRate the null rate must lie below it, from 0 to 1; a rate of 0 is always low enough
 * @param unverifiableRate the share of what could not be verified must lie below it, as for the null rate
 * @param censusAge how old the latest census may be
 */
public record GatePolicy(double nullRate, double unverifiableRate, Duration censusAge) {
    public GatePolicy {
        if (!(nullRate >= 0 && nullRate <= 1) || !(unverifiableRate >= 0 && unverifiableRate <= 1)) {
            throw new IllegalArgumentException("rates lie between 0 and 1");
        }
    }
}
