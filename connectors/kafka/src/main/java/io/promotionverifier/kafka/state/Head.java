package io.promotionverifier.kafka.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.promotionverifier.core.pipeline.CoreState;
import java.util.List;
import java.util.Optional;

/**
 * The one record that makes a checkpoint: with it the entries of its transaction count.
 *
 * @param sequence the number of the checkpoint, from 1, never reused in a topic
 * @param incarnation the number of the publisher that wrote it, from 1
 * @param previous the SHA-256 of the head before it; absent for the first
 * @param anchor what the state belongs to
 * @param entries what the live entries add up to
 * @param history how far the history has been written
 * @param core the core's head
 * @param statuses each promotion's status as the contract shows it, in the order of the configuration; do not alter
 */
public record Head(
        long sequence,
        long incarnation,
        Optional<String> previous,
        Anchor anchor,
        EntriesDigest entries,
        HistoryPlace history,
        CoreState core,
        List<JsonNode> statuses) {
    public Head {
        statuses = List.copyOf(statuses);
    }
}
