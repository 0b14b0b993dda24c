package io.promotionverifier.core.census;

import io.promotionverifier.core.change.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be done for the census: what a reader of the table asks before each step.
 *
 * @param task the chunk to read next; absent when no census runs, it is paused, or a chunk waits for the stream
 * @param running the census that goes on
 * @param paused whether an operator holds it
 * @param due tables that must be looked at now: on command, for the first time, or because of a coverage gap
 * @param finished when each table was looked at last, by stream time
 */
public record CensusAgenda(
        Optional<Task> task,
        Optional<CensusProgress> running,
        boolean paused,
        List<TableName> due,
        Map<TableName, Instant> finished) {
    public CensusAgenda {
        due = List.copyOf(due);
        finished = Map.copyOf(finished);
    }

    /**
     * A chunk to read.
     *
     * @param place which
     * @param after where it begins, as the end of the chunk before it says; empty for the first
     * @param attempt how often a chunk had to be read again since the process began
     */
    public record Task(CensusChunk.Place place, List<String> after, long attempt) {
        public Task {
            after = List.copyOf(after);
        }

        /**
         * What is to be read when this task's chunk has been judged as it is: a reader may read that before its turn,
         * and hand it over if it is then asked for just that. Asked for anything else, also for another attempt, it
         * must read again: a snapshot may not be older than that of the chunk before it.
         */
        public Optional<Task> behind(CensusChunk chunk) {
            CensusChunk.Place next = new CensusChunk.Place(place.table(), place.census(), place.chunk() + 1);
            return chunk.end().last()
                    ? Optional.empty()
                    : Optional.of(new Task(next, chunk.end().place(), attempt));
        }
    }
}
