package io.promotionverifier.core.promotion;

import java.time.ZoneId;
import java.util.Optional;

/**
 * What an input function depends on besides the text: the server and its session.
 *
 * @param serverMajor the server's major version; from 16 on numbers may be written {@code 0x1F} and {@code 1_000}
 * @param zone the zone of timestamps without one; absent: such values are volatile
 */
public record SessionRules(int serverMajor, Optional<ZoneId> zone) {
    /** @throws IllegalArgumentException below PostgreSQL 14, whose input rules nobody checked */
    public SessionRules {
        if (serverMajor < 14) {
            throw new IllegalArgumentException("PostgreSQL 14 is the oldest supported server, not " + serverMajor);
        }
    }

    /** True when numbers may hold underscores and be written in hexadecimal, octal or binary. */
    public boolean allowsProgrammersNumbers() {
        return serverMajor >= 16;
    }
}
