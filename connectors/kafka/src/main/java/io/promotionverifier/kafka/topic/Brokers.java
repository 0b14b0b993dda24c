package io.promotionverifier.kafka.topic;

/**
 * Who answered.
 *
 * @param clusterId the cluster's id
 * @param count the number of brokers
 * @param markers whether they may lose transaction markers
 */
public record Brokers(String clusterId, int count, MarkerSafety markers) {}
