package io.promotionverifier.kafka.topic;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;

/** The topics of a verifier, one partition each: the order in a topic is the order in which the core spoke. */
public enum Topic {
    /** Aborts raised and cleared; alerting subscribes here. */
    ABORTS(Cleanup.DELETE),
    /** Findings opened, confirmed, converged, resolved. */
    FINDINGS(Cleanup.DELETE),
    /** Cumulative counters and rates at cuts of stream time. */
    COUNTERS(Cleanup.DELETE),
    /** The status of each promotion. */
    STATUS(Cleanup.COMPACT),
    /** Row changes and all else that the core was told, in commit order. */
    HISTORY(Cleanup.DELETE),
    /** Orders of operators. */
    COMMANDS(Cleanup.DELETE),
    /** Checkpoints. */
    STATE(Cleanup.COMPACT);

    /** The largest batch, in bytes; a checkpoint's head with many promotions is far below it. */
    public static final int MAX_MESSAGE_BYTES = 8 << 20;

    private static final String FOREVER = "-1";
    private static final int SEGMENT_BYTES = 16 << 20;

    private final Cleanup cleanup;

    Topic(Cleanup cleanup) {
        this.cleanup = cleanup;
    }

    /** What the broker does with old records. */
    private enum Cleanup {
        DELETE,
        COMPACT
    }

    /** The topic's name on the broker. */
    public String named(String prefix) {
        return prefix + "." + name().toLowerCase(Locale.ROOT);
    }

    /** True for the topics that are read through to their end at every start, so must stay short. */
    public boolean compacted() {
        return cleanup == Cleanup.COMPACT;
    }

    /** All settings that we depend on, as the broker spells them; nothing is left to a default of the cluster. */
    public Map<String, String> settings(TopicPolicy policy) {
        Map<String, String> settings = new TreeMap<>();
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, cleanup.name().toLowerCase(Locale.ROOT));
        settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_MESSAGE_BYTES));
        if (compacted()) {
            settings.put(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(SEGMENT_BYTES));
            settings.put(TopicConfig.SEGMENT_MS_CONFIG, millis(Duration.ofMinutes(10)));
            settings.put(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.1");
            settings.put(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, millis(Duration.ofMinutes(10)));
        } else {
            settings.put(TopicConfig.RETENTION_MS_CONFIG, retention(policy));
            settings.put(TopicConfig.RETENTION_BYTES_CONFIG, FOREVER);
        }
        if (this == HISTORY) {
            settings.put(TopicConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        }
        if (this == COMMANDS) {
            settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        }
        policy.minInsyncReplicas()
                .ifPresent(
                        replicas -> settings.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(replicas)));
        return settings;
    }

    private String retention(TopicPolicy policy) {
        return switch (this) {
            case ABORTS, STATUS, STATE -> FOREVER;
            case FINDINGS, COUNTERS -> millis(Duration.ofDays(90));
            case HISTORY -> millis(policy.historyRetention());
            case COMMANDS -> millis(Duration.ofDays(30));
        };
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
