package io.promotionverifier.kafka.state;

import java.time.Instant;

/**
 * The head of the last committed checkpoint without the entries: for who only shows what it says.
 *
 * @param head the head
 * @param written when it was written, by the clock of the verifier that wrote it
 */
public record LastHead(Head head, Instant written) {}
