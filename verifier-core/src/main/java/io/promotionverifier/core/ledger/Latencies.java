package io.promotionverifier.core.ledger;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A histogram of durations with buckets of at most 1/64 relative width: exact minimum, maximum and number, percentiles
 * within 1.6 %. Mergeable by adding buckets. Confined to the thread that walks the line.
 */
public final class Latencies {
    private static final int SUB_BUCKET_BITS = 6;

    private final TreeMap<Integer, Long> buckets = new TreeMap<>();
    private long samples;
    private long sumMicros;
    private long maximumMicros;

    public Latencies(Snapshot from) {
        buckets.putAll(from.buckets());
        samples = from.samples();
        sumMicros = from.sumMicros();
        maximumMicros = from.maximumMicros();
    }

    /**
     * The immutable form, for states and views.
     *
     * @param buckets number of samples by bucket index; only buckets that hold any
     * @param samples number of all samples
     * @param sumMicros sum of all samples in microseconds
     * @param maximumMicros the longest sample in microseconds
     */
    public record Snapshot(Map<Integer, Long> buckets, long samples, long sumMicros, long maximumMicros) {
        /** No sample. */
        public static final Snapshot NONE = new Snapshot(Map.of(), 0, 0, 0);

        public Snapshot {
            buckets = java.util.Collections.unmodifiableMap(new TreeMap<>(buckets));
        }

        /**
         * The duration that the given share of the samples does not exceed; absent without samples.
         *
         * @param share from 0 to 1
         */
        public Optional<Duration> percentile(double share) {
            if (samples == 0) {
                return Optional.empty();
            }
            long rank = Math.max(1, (long) Math.ceil(share * samples));
            long passed = 0;
            for (Map.Entry<Integer, Long> bucket : buckets.entrySet()) {
                passed += bucket.getValue();
                if (passed >= rank) {
                    return Optional.of(micros(Math.min(upperBoundMicros(bucket.getKey()), maximumMicros)));
                }
            }
            return Optional.of(micros(maximumMicros));
        }

        /** The longest duration; absent without samples. */
        public Optional<Duration> maximum() {
            return samples == 0 ? Optional.empty() : Optional.of(micros(maximumMicros));
        }

        private static Duration micros(long micros) {
            return Duration.ofSeconds(micros / 1_000_000, micros % 1_000_000 * 1_000);
        }
    }

    /** Adds one duration; a negative one (two clocks of one failed-over cluster) counts as zero. */
    public void add(Duration duration) {
        long micros = Math.max(0, duration.getSeconds() * 1_000_000 + duration.getNano() / 1_000);
        buckets.merge(bucketOf(micros), 1L, Long::sum);
        samples++;
        sumMicros += micros;
        maximumMicros = Math.max(maximumMicros, micros);
    }

    /** Adds all samples of another histogram. */
    public void addAll(Snapshot other) {
        other.buckets().forEach((bucket, count) -> buckets.merge(bucket, count, Long::sum));
        samples += other.samples();
        sumMicros += other.sumMicros();
        maximumMicros = Math.max(maximumMicros, other.maximumMicros());
    }

    /** The samples of now. */
    public Snapshot snapshot() {
        return new Snapshot(buckets, samples, sumMicros, maximumMicros);
    }

    static int bucketOf(long micros) {
        int exponent = 63 - Long.numberOfLeadingZeros(micros | 1);
        int shift = Math.max(0, exponent - SUB_BUCKET_BITS);
        return (shift << SUB_BUCKET_BITS) + (int) (micros >>> shift);
    }

    static long upperBoundMicros(int bucket) {
        int shift = (bucket >> SUB_BUCKET_BITS) - 1;
        if (shift <= 0) {
            return bucket;
        }
        long mantissa = (bucket & ((1 << SUB_BUCKET_BITS) - 1)) + (1L << SUB_BUCKET_BITS);
        return ((mantissa + 1) << shift) - 1;
    }
}
