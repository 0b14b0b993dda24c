package io.promotionverifier.core.compare.datetime;

import java.util.Optional;
import java.util.OptionalInt;

/** Reads times of day with colons, and offsets. Each method answers whether PostgreSQL would go on. */
final class TimeReader {
    private static final int MOST_OFFSET_HOURS = 15;
    private static final long DAY_MICROS = 86_400_000_000L;

    private final Draft draft;
    private final int serverMajor;

    TimeReader(Draft draft, int serverMajor) {
        this.draft = draft;
        this.serverMajor = serverMajor;
    }

    /** Reads {@code hh:mm}, {@code hh:mm:ss}, {@code hh:mm:ss.f} or {@code mm:ss.f}; a missing number is zero. */
    boolean readTime(String text) {
        Digits digits = new Digits(text);
        OptionalInt first = digits.takeInt();
        if (first.isEmpty() || !digits.take(':')) {
            return false;
        }
        OptionalInt second = digits.takeInt();
        if (second.isEmpty()) {
            return false;
        }
        boolean hasThird = digits.take(':');
        OptionalInt third = hasThird ? digits.takeInt() : OptionalInt.of(0);
        boolean hasFraction = digits.isAt('.');
        Optional<Integer> micros = hasFraction ? Digits.micros(digits.rest(), serverMajor) : Optional.of(0);
        if (third.isEmpty() || micros.isEmpty() || (!hasFraction && !digits.isAtEnd())) {
            return false;
        }
        boolean startsWithMinutes = hasFraction && !hasThird;
        draft.hour = startsWithMinutes ? 0 : first.getAsInt();
        draft.minute = startsWithMinutes ? first.getAsInt() : second.getAsInt();
        draft.second = startsWithMinutes ? second.getAsInt() : third.getAsInt();
        draft.micros = micros.get();
        return isTimeOfDay() && draft.claim(Part.TIME);
    }

    /** Midnight may be written 24:00:00 and a leap second 60, but nothing later than the day's end. */
    private boolean isTimeOfDay() {
        boolean inRange = isWithin(draft.hour, 24) && isWithin(draft.minute, 59) && isWithin(draft.second, 60);
        long seconds = (draft.hour * 60L + draft.minute) * 60 + draft.second;
        return inRange && seconds * 1_000_000 + draft.micros <= DAY_MICROS;
    }

    private static boolean isWithin(int value, int last) {
        return value >= 0 && value <= last;
    }

    /** Reads a sign and {@code h}, {@code hh}, {@code hhmm}, {@code hh:mm} or {@code hh:mm:ss}; claims the zone. */
    boolean readOffset(String text) {
        Digits digits = new Digits(text.substring(1));
        OptionalInt hour = digits.takeInt();
        OptionalInt minute = OptionalInt.of(0);
        OptionalInt second = OptionalInt.of(0);
        if (digits.take(':')) {
            minute = digits.takeInt();
            second = digits.take(':') ? digits.takeInt() : second;
        } else if (hour.isPresent() && digits.isAtEnd() && text.length() > 3) {
            minute = OptionalInt.of(hour.getAsInt() % 100);
            hour = OptionalInt.of(hour.getAsInt() / 100);
        }
        if (hour.isEmpty() || minute.isEmpty() || second.isEmpty() || !digits.isAtEnd()) {
            return false;
        }
        int seconds = (hour.getAsInt() * 60 + minute.getAsInt()) * 60 + second.getAsInt();
        draft.offsetSeconds = text.charAt(0) == '-' ? -seconds : seconds;
        return isWithin(hour.getAsInt(), MOST_OFFSET_HOURS)
                && isWithin(minute.getAsInt(), 59)
                && isWithin(second.getAsInt(), 59)
                && draft.claim(Part.ZONE);
    }
}
