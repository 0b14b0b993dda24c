package io.promotionverifier.topics.decode;

import java.util.Optional;
import java.util.Set;

/** What a topic's form of a type has lost, so that its values cannot be compared. Pure. */
final class Losses {
    private static final Set<String> AS_TEXT =
            Set.of("text", "varchar", "bpchar", "uuid", "json", "jsonb", "name", "xml", "timestamptz");
    private static final Set<String> AS_NUMBER = Set.of("int2", "int4", "int8", "float4", "float8", "bool", "date");
    private static final Set<String> NEED_MODIFIER = Set.of("numeric", "time", "timestamp");
    private static final int EXACT_IN_MILLIS = 3;

    private Losses() {}

    /** Why no value of a column can be compared; absent if each can that is there. */
    static Optional<String> of(TopicColumn column, ConnectorForm form) {
        if (column.isArray()) {
            return Optional.of("an array in JSON has lost its dimensions and bounds");
        }
        Optional<String> builtIn = column.builtIn();
        if (builtIn.isEmpty()) {
            return column.base().form() == 'e' || column.base().name().equals("citext")
                    ? Optional.empty()
                    : Optional.of("the form of a type of your own is not known");
        }
        String type = builtIn.get();
        if (AS_TEXT.contains(type) || AS_NUMBER.contains(type)) {
            return Optional.empty();
        }
        if (NEED_MODIFIER.contains(type) && column.type().isDomain()) {
            return Optional.of("a domain over " + type + " does not tell its precision");
        }
        return switch (type) {
            case "numeric" ->
                form.decimals().equals("double")
                        ? Optional.of("decimal.handling.mode=double has rounded it; precise and string keep it")
                        : Optional.empty();
            case "time", "timestamp" ->
                form.times().equals("connect") && precision(column) > EXACT_IN_MILLIS
                        ? Optional.of("time.precision.mode=connect has cut it to milliseconds; adaptive keeps it")
                        : Optional.empty();
            case "timetz" -> Optional.of("it was moved to UTC and has lost its zone, by which PostgreSQL compares");
            case "interval" ->
                form.intervals().equals("string")
                        ? Optional.empty()
                        : Optional.of("interval.handling.mode=numeric has made days of months; string keeps them");
            default -> Optional.of("the form of " + type + " is not known");
        };
    }

    /**
     * Why a NULL of a column may have been a value; absent if it was NULL. Debezium writes NULL for what it cannot
     * convert, unless {@code event.converting.failure.handling.mode} is {@code fail}.
     */
    static Optional<String> ofNulls(TopicColumn column, ConnectorForm form) {
        String type = column.builtIn().orElse("");
        if (form.failsOnLoss()) {
            return Optional.empty();
        }
        if (type.equals("numeric") && form.decimals().equals("precise")) {
            return Optional.of("decimal.handling.mode=precise makes NULL of NaN and the infinities; string keeps them");
        }
        return type.equals("timestamp") && form.times().equals("nanoseconds")
                ? Optional.of("time.precision.mode=nanoseconds makes NULL of years before 1678 and after 2261")
                : Optional.empty();
    }

    /** The declared digits after the second. */
    static int precision(TopicColumn column) {
        int modifier = column.base().modifier();
        return modifier < 0 ? 6 : modifier;
    }
}
