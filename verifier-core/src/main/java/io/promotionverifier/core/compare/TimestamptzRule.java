package io.promotionverifier.core.compare;

import io.promotionverifier.core.compare.datetime.DateTimeInput;
import io.promotionverifier.core.compare.datetime.DateTimeResult;
import io.promotionverifier.core.promotion.SessionRules;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.OptionalInt;

/** {@code timestamptz}, with or without a precision: an instant in microseconds, written in UTC. */
final class TimestamptzRule implements TypeRule {
    private static final int MOST_PRECISION = 6;
    private static final long SECOND_MICROS = 1_000_000;

    /** 2000-01-01, from where PostgreSQL counts. */
    private static final long POSTGRES_EPOCH_SECOND = 946_684_800;

    private final DateTimeInput input;
    private final long step;

    TimestamptzRule(OptionalInt precision, SessionRules session) {
        this.input = new DateTimeInput(session.serverMajor(), session.zone());
        this.step = (long) Math.pow(10, MOST_PRECISION - Math.min(precision.orElse(MOST_PRECISION), MOST_PRECISION));
    }

    @Override
    public Canonical canonical(String text) {
        DateTimeResult result = input.read(text);
        if (result instanceof DateTimeResult.At at) {
            return new Canonical.Known(utc(round(at.micros())));
        }
        if (result instanceof DateTimeResult.Infinite infinite) {
            return new Canonical.Known(infinite.positive() ? "infinity" : "-infinity");
        }
        return result instanceof DateTimeResult.Refused ? new Canonical.Refused() : new Canonical.Volatile();
    }

    /** Halves go away from 2000-01-01. */
    private long round(long micros) {
        long steps = (Math.abs(micros) + step / 2) / step;
        return Long.signum(micros) * steps * step;
    }

    /** The instant in UTC; the year before 0001 is 0000. */
    private static String utc(long micros) {
        long second = POSTGRES_EPOCH_SECOND + Math.floorDiv(micros, SECOND_MICROS);
        LocalDateTime at = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(32).append(at.getYear() < 0 ? "-" : "");
        append(text, "", Math.abs(at.getYear()), 4);
        append(text, "-", at.getMonthValue(), 2);
        append(text, "-", at.getDayOfMonth(), 2);
        append(text, "T", at.getHour(), 2);
        append(text, ":", at.getMinute(), 2);
        append(text, ":", at.getSecond(), 2);
        append(text, ".", Math.floorMod(micros, SECOND_MICROS), 6);
        return text.append('Z').toString();
    }

    private static void append(StringBuilder text, String separator, long number, int width) {
        String digits = Long.toString(number);
        text.append(separator)
                .append("0".repeat(Math.max(0, width - digits.length())))
                .append(digits);
    }
}
