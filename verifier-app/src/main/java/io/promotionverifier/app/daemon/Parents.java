package io.promotionverifier.app.daemon;

import io.promotionverifier.core.pipeline.VerifierCore;
import io.promotionverifier.core.stream.Arrival;
import java.util.List;

/** Looks up the parents for which the core asks, before the rows step in. */
@FunctionalInterface
interface Parents {
    /** The same arrivals, with answers in the readings that needed one. */
    List<Arrival> answer(VerifierCore core, List<Arrival> arrivals);
}
