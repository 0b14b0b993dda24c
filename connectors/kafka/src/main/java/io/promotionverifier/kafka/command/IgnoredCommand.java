package io.promotionverifier.kafka.command;

/**
 * A record of the command topic that nobody acts on.
 *
 * @param number its offset
 * @param why one phrase
 */
public record IgnoredCommand(long number, String why) {}
