package io.promotionverifier.core.compare;

import io.promotionverifier.core.compare.datetime.DateTimeInput;
import io.promotionverifier.core.compare.datetime.DateTimeResult;
import io.promotionverifier.core.promotion.SessionRules;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
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
        return String.format(
                Locale.ROOT,
                "%s%04d-%02d-%02dT%02d:%02d:%02d.%06dZ",
                at.getYear() < 0 ? "-" : "",
                Math.abs(at.getYear()),
                at.getMonthValue(),
                at.getDayOfMonth(),
                at.getHour(),
                at.getMinute(),
                at.getSecond(),
                Math.floorMod(micros, SECOND_MICROS));
    }
}
