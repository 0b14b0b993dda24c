package io.promotionverifier.kafka.history;

import io.promotionverifier.core.change.Lsn;
import io.promotionverifier.core.pipeline.CoreState;
import io.promotionverifier.core.pipeline.Effect;
import io.promotionverifier.core.pipeline.Rules;
import io.promotionverifier.core.pipeline.StateEntry;
import io.promotionverifier.core.settle.Room;
import java.util.List;

/** One thing that the history holds, in its order. */
public sealed interface HistoryItem {
    /** Where it stands. */
    Place place();

    /**
     * Where an item stands in the history.
     *
     * @param number its number among all records
     * @param offset its offset in the topic
     * @param checkpoint the number of the checkpoint that it was committed with
     */
    record Place(long number, long offset, long checkpoint) {}

    /**
     * A generation begins.
     *
     * @param generation its number
     * @param start everything committed below is out of scope
     */
    record Began(Place place, long generation, Lsn start) implements HistoryItem {}

    /**
     * A whole checkpoint: a replay can begin here.
     *
     * @param rules of the run that wrote it
     * @param room that run's, for rows that disagree
     * @param state its head
     * @param entries all rows and tallies
     */
    record Whole(Place place, List<Rules> rules, Room.Size room, CoreState state, List<StateEntry> entries)
            implements HistoryItem {
        public Whole {
            rules = List.copyOf(rules);
            entries = List.copyOf(entries);
        }
    }

    /**
     * The core was told something.
     *
     * @param recorded what
     */
    record Told(Place place, Effect.Recorded recorded) implements HistoryItem {}
}
