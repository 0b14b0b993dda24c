package io.promotionverifier.topics.decode;

import java.util.Optional;

/** What a number counts that stands for a time. */
enum Unit {
    MILLIS,
    MICROS,
    NANOS;

    private static final int THOUSAND = 1_000;
    private static final int IN_MILLIS = 3;

    /** By the name of a schema; absent for an unknown one. */
    static Optional<Unit> ofSchema(String name) {
        return switch (name) {
            case "io.debezium.time.Time",
                    "io.debezium.time.Timestamp",
                    "org.apache.kafka.connect.data.Time",
                    "org.apache.kafka.connect.data.Timestamp" -> Optional.of(MILLIS);
            case "io.debezium.time.MicroTime", "io.debezium.time.MicroTimestamp" -> Optional.of(MICROS);
            case "io.debezium.time.NanoTime", "io.debezium.time.NanoTimestamp" -> Optional.of(NANOS);
            default -> Optional.empty();
        };
    }

    /** By {@code time.precision.mode}; absent for one that does not write numbers, or that we do not know. */
    static Optional<Unit> ofMode(String mode, String type, int precision) {
        return switch (mode) {
            case "adaptive" -> Optional.of(precision <= IN_MILLIS ? MILLIS : MICROS);
            case "adaptive_time_microseconds" ->
                Optional.of(precision <= IN_MILLIS && !type.equals("time") ? MILLIS : MICROS);
            case "connect" -> Optional.of(MILLIS);
            case "microseconds" -> Optional.of(MICROS);
            case "nanoseconds" -> Optional.of(NANOS);
            default -> Optional.empty();
        };
    }

    /**
     * So many as microseconds, the unit of PostgreSQL.
     *
     * @throws ArithmeticException if they are no whole number of them, or too many
     */
    long micros(long count) {
        return switch (this) {
            case MILLIS -> Math.multiplyExact(count, THOUSAND);
            case MICROS -> count;
            case NANOS -> {
                if (count % THOUSAND != 0) {
                    throw new ArithmeticException("finer than a microsecond");
                }
                yield count / THOUSAND;
            }
        };
    }
}
