package io.promotionverifier.app.daemon;

import io.promotionverifier.core.pipeline.VerifierCore;
import io.promotionverifier.core.stream.Arrival;
import java.util.List;

/** Looks up what the core asks for and the stream does not carry, before the rows step in. */
@FunctionalInterface
interface LookUps {
    /**
     * The arrivals that may step in now, with answers in the readings that needed one. Those that are not among them
     * come with a later call, in order.
     */
    List<Arrival> answer(VerifierCore core, List<Arrival> arrivals);

    /** The same for rows that are no part of the stream, such as a census': none is held back. */
    default List<Arrival> answerNow(VerifierCore core, List<Arrival> arrivals) {
        return answer(core, arrivals);
    }

    /** The source begins again: what did not step in will be shown again. */
    default void forget() {}
}
