package io.promotionverifier.kafka.topic;

import java.util.OptionalInt;

/**
 * Who answered.
 *
 * @param clusterId the cluster's id
 * @param count the number of brokers
 * @param age whether they are new enough
 * @param markers whether they may lose transaction markers
 * @param transactionVersion the cluster's {@code transaction.version}; absent if it is not told
 */
public record Brokers(
        String clusterId, int count, BrokerAge age, MarkerSafety markers, OptionalInt transactionVersion) {}
