package io.promotionverifier.core.compare.datetime;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Turns what the fields said into a value of the type that is read, or finds that they say none. */
final class Resolution {
    /** 4714 BC in the calendar that has a year zero. */
    private static final int FIRST_YEAR = -4713;

    private static final int LAST_YEAR = 294_277;
    private static final int LAST_DATE_YEAR = 5_874_897;
    private static final long DAY_MICROS = 86_400_000_000L;

    /** Days of the year are counted in 32 unsigned bits, which wrap beyond, and before the first year too. */
    private static final int LAST_COUNTED_YEAR = 5_000_000;

    /** Packagers disagree on the history of zones before. */
    private static final int FIRST_AGREED_YEAR = 1970;

    private static final long SECOND_MICROS = 1_000_000;

    /** 2000-01-01, from where PostgreSQL counts. */
    static final long POSTGRES_EPOCH_SECOND = 946_684_800;

    private static final LocalDate FIRST_DAY = LocalDate.of(FIRST_YEAR, Month.NOVEMBER, 24);
    private static final long MIN = micros(FIRST_DAY);
    private static final long END = micros(LocalDate.of(LAST_YEAR, Month.JANUARY, 1));

    private final Draft draft;
    private final DateTimeType type;
    private final Optional<ZoneId> zone;

    private Resolution(Draft draft, DateTimeType type, Optional<ZoneId> zone) {
        this.draft = draft;
        this.type = type;
        this.zone = zone;
    }

    static DateTimeResult of(Draft draft, DateTimeType type, Optional<ZoneId> zone) {
        return new Resolution(draft, type, zone).resolve();
    }

    private static long micros(LocalDate date) {
        return (date.toEpochDay() * 86_400 - POSTGRES_EPOCH_SECOND) * SECOND_MICROS;
    }

    private DateTimeResult resolve() {
        if (!fixYear() || !fixDayOfYear() || !isDateValid() || !fixHour()) {
            return new DateTimeResult.Refused();
        }
        boolean hasDaylightOnly = draft.has(Part.DAYLIGHT) && !draft.has(Part.ZONE);
        boolean isComplete = type.isTimeOfDay() ? draft.has(Part.TIME) : draft.hasDate();
        if (hasDaylightOnly || !isComplete) {
            return new DateTimeResult.Refused();
        }
        return switch (type) {
            case DATE -> day();
            case TIME, TIMETZ -> timeOfDay();
            case TIMESTAMP, TIMESTAMPTZ -> moment();
        };
    }

    private DateTimeResult day() {
        if (!isYearUpTo(LAST_DATE_YEAR) || date().isBefore(FIRST_DAY)) {
            return new DateTimeResult.Refused();
        }
        return draft.isUnsure ? new DateTimeResult.Unsure() : new DateTimeResult.Day(date().toEpochDay());
    }

    private DateTimeResult timeOfDay() {
        long micros = secondOfDay() * SECOND_MICROS + draft.micros;
        if (draft.hour > 24 || draft.minute > 59 || draft.second > 60 || micros > DAY_MICROS) {
            return new DateTimeResult.Refused();
        }
        if (type == DateTimeType.TIME) {
            return draft.isUnsure ? new DateTimeResult.Unsure() : new DateTimeResult.TimeOfDay(micros, 0);
        }
        boolean isDayKnown = draft.hasDate() && isYearUpTo(LAST_YEAR);
        boolean isOffsetKnown = draft.has(Part.ZONE) || isDayKnown || (!draft.hasDate() && isZoneFixed());
        OptionalInt offset = isOffsetKnown ? offsetSeconds(isDayKnown ? localSeconds() : 0) : OptionalInt.empty();
        return draft.isUnsure || offset.isEmpty()
                ? new DateTimeResult.Unsure()
                : new DateTimeResult.TimeOfDay(micros, offset.getAsInt());
    }

    private DateTimeResult moment() {
        if (!isYearUpTo(LAST_YEAR)) {
            return new DateTimeResult.Refused();
        }
        long seconds = localSeconds();
        OptionalInt offset = type == DateTimeType.TIMESTAMP ? OptionalInt.of(0) : offsetSeconds(seconds);
        if (draft.isUnsure || offset.isEmpty()) {
            return new DateTimeResult.Unsure();
        }
        long micros = (seconds - offset.getAsInt() - POSTGRES_EPOCH_SECOND) * SECOND_MICROS + draft.micros;
        return micros >= MIN && micros < END ? new DateTimeResult.At(micros) : new DateTimeResult.Refused();
    }

    private LocalDate date() {
        return LocalDate.of(draft.year, draft.month, draft.day);
    }

    private long secondOfDay() {
        return (draft.hour * 60L + draft.minute) * 60 + draft.second;
    }

    private long localSeconds() {
        return date().toEpochDay() * 86_400 + secondOfDay();
    }

    private boolean isZoneFixed() {
        return zone.filter(id -> id.getRules().isFixedOffset()).isPresent();
    }

    /** There is no year zero: 1 BC comes before 1 AD. */
    private boolean fixYear() {
        if (!draft.has(Part.YEAR) || draft.isDayCount) {
            return true;
        }
        if (draft.isBeforeChrist || !draft.isTwoDigitYear) {
            boolean counts = draft.year > 0;
            draft.year = draft.isBeforeChrist ? 1 - draft.year : draft.year;
            return counts;
        }
        draft.year += draft.year < 70 ? 2000 : 1900;
        return true;
    }

    private boolean fixDayOfYear() {
        if (!draft.has(Part.DAY_OF_YEAR)) {
            return true;
        }
        if (draft.year <= FIRST_YEAR || draft.year > LAST_COUNTED_YEAR) {
            draft.isUnsure = true;
            draft.year = FIRST_AGREED_YEAR;
        }
        LocalDate date = LocalDate.of(draft.year, Month.JANUARY, 1).plusDays(draft.dayOfYear - 1L);
        draft.year = date.getYear();
        draft.month = date.getMonthValue();
        draft.day = date.getDayOfMonth();
        return true;
    }

    private boolean isDateValid() {
        boolean isMonthValid = !draft.has(Part.MONTH) || (draft.month >= 1 && draft.month <= 12);
        boolean isDayValid = !draft.has(Part.DAY) || (draft.day >= 1 && draft.day <= 31);
        return isMonthValid
                && isDayValid
                && (!draft.hasDate() || draft.day <= Month.of(draft.month).length(Year.isLeap(draft.year)));
    }

    private boolean fixHour() {
        if (!draft.has(Part.HALF_OF_DAY)) {
            return true;
        }
        if (draft.hour > 12) {
            return false;
        }
        draft.hour = draft.hour % 12 + (draft.isAfternoon ? 12 : 0);
        return true;
    }

    private boolean isYearUpTo(int last) {
        return draft.year <= last
                && (draft.year > FIRST_YEAR || (draft.year == FIRST_YEAR && draft.month >= Month.NOVEMBER.getValue()));
    }

    /** The offset from UTC; empty where only the server could tell. */
    private OptionalInt offsetSeconds(long localSeconds) {
        if (draft.has(Part.ZONE)) {
            return OptionalInt.of(draft.offsetSeconds);
        }
        if (zone.isEmpty()) {
            return OptionalInt.empty();
        }
        ZoneRules rules = zone.get().getRules();
        LocalDateTime local = LocalDateTime.ofEpochSecond(localSeconds, 0, ZoneOffset.UTC);
        if (!rules.isFixedOffset() && local.getYear() < FIRST_AGREED_YEAR) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(offset(rules, local).getTotalSeconds());
    }

    /** A time that a zone skipped counts by the offset before; one that it had twice, by the offset after. */
    private static ZoneOffset offset(ZoneRules rules, LocalDateTime local) {
        List<ZoneOffset> valid = rules.getValidOffsets(local);
        return valid.isEmpty() ? rules.getOffset(local) : valid.get(valid.size() - 1);
    }
}
