package io.promotionverifier.core.pipeline;

import io.promotionverifier.core.change.Lsn;
import java.util.List;

/**
 * What a look at the source's catalog found: whether everything that is committed now reaches us.
 *
 * @param at the end of the server's log before the look
 * @param flaws what is wrong now; none if all is well
 * @param breaks what was changed since the look before, and is right now
 */
public record Inspection(Lsn at, List<Flaw> flaws, List<Flaw> breaks) {
    public Inspection {
        flaws = List.copyOf(flaws);
        breaks = List.copyOf(breaks);
    }
}
