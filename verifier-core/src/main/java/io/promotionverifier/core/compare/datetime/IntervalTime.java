package io.promotionverifier.core.compare.datetime;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A time with colons in an interval: as many hours as one likes.
 *
 * @param hours from 0
 * @param minutes from 0 to 59
 * @param seconds from 0 to 60
 * @param micros from 0 to 1,000,000
 */
record IntervalTime(long hours, int minutes, int seconds, int micros) {
    /** Reads {@code hh:mm}, {@code hh:mm:ss}, {@code hh:mm:ss.f} or {@code mm:ss.f}; a missing number is zero. */
    static Optional<IntervalTime> read(String text, int serverMajor) {
        Digits digits = new Digits(text);
        OptionalLong first = takeHours(digits, serverMajor);
        if (first.isEmpty() || !digits.take(':')) {
            return Optional.empty();
        }
        OptionalInt second = digits.takeInt();
        boolean hasThird = second.isPresent() && digits.take(':');
        OptionalInt third = hasThird ? digits.takeInt() : OptionalInt.of(0);
        boolean hasFraction = digits.isAt('.');
        Optional<Integer> micros = hasFraction ? Digits.micros(digits.rest(), serverMajor) : Optional.of(0);
        if (second.isEmpty() || third.isEmpty() || micros.isEmpty() || (!hasFraction && !digits.isAtEnd())) {
            return Optional.empty();
        }
        IntervalTime time = hasFraction && !hasThird
                ? new IntervalTime(0, (int) Math.min(first.getAsLong(), 60), second.getAsInt(), micros.get())
                : new IntervalTime(first.getAsLong(), second.getAsInt(), third.getAsInt(), micros.get());
        return Optional.of(time).filter(IntervalTime::isInRange);
    }

    private static OptionalLong takeHours(Digits digits, int serverMajor) {
        OptionalLong hours = digits.takeLong();
        boolean fits = hours.isPresent() && hours.getAsLong() == (int) hours.getAsLong();
        return serverMajor >= 15 || fits ? hours : OptionalLong.empty();
    }

    private boolean isInRange() {
        return hours >= 0 && minutes >= 0 && minutes <= 59 && seconds >= 0 && seconds <= 60;
    }
}
