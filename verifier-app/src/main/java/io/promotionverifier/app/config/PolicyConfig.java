package io.promotionverifier.app.config;

import io.promotionverifier.app.config.form.Secret;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What a promotion is judged by and what may be told of it: every key that may stand under defaults and in a promotion.
 *
 * @param window the verified time that the gate asks for
 * @param grace how long two writes of one value may lie apart, in commit time
 * @param values what events, history, logs and pages may carry of a value
 * @param valuesKey the key of the digests; absent: the one that setup made
 * @param zone the zone of naive timestamps in documents; absent: such values are unverifiable
 * @param abort when to abort
 * @param gate when to go on
 */
public record PolicyConfig(
        Duration window,
        Duration grace,
        Disclosure values,
        Optional<Secret> valuesKey,
        Optional<ZoneId> zone,
        AbortConfig abort,
        GateConfig gate) {

    /** What may be told of a value. */
    public enum Disclosure {
        /** Keyed digests and lengths. */
        REDACT,
        /** The value itself. */
        PLAIN
    }
}
