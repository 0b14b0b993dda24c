package io.promotionverifier.core.compare.datetime;

import java.util.List;

/** Reads the fields of one text, each in the light of those before it. Single use, confined to one thread. */
final class DateTimeReader implements FieldReader {
    private final List<Field> fields;
    private final int serverMajor;
    private final Draft draft = new Draft();
    private final DateReader dates;
    private final TimeReader times;
    private boolean expectsTime;
    private boolean expectsDayCount;
    private boolean hasTextMonth;

    DateTimeReader(List<Field> fields, DateOrder order, int serverMajor) {
        this.fields = fields;
        this.serverMajor = serverMajor;
        this.dates = new DateReader(draft, order, serverMajor);
        this.times = new TimeReader(draft, serverMajor);
    }

    @Override
    public Draft draft() {
        return draft;
    }

    @Override
    public boolean read() {
        for (int i = 0; i < fields.size(); i++) {
            if (!read(fields.get(i), i)) {
                return false;
            }
        }
        return serverMajor < 16 || (!expectsTime && !expectsDayCount);
    }

    private boolean read(Field field, int index) {
        return switch (field.kind()) {
            case NUMBER -> readNumber(field.text());
            case DATE -> readDate(field);
            case TIME -> {
                expectsTime = false;
                yield times.readTime(field.text());
            }
            case OFFSET -> times.readOffset(field.text());
            case WORD ->
                Word.of(field.text())
                        .map(word -> readWord(word, field.text(), index))
                        .orElseGet(this::readZoneName);
            case SIGNED_WORD -> false;
        };
    }

    private boolean readNumber(String text) {
        if (expectsDayCount) {
            expectsDayCount = false;
            return dates.readDayCount(text);
        }
        if (expectsTime) {
            expectsTime = false;
            return dates.readRunTogether(text, true);
        }
        int dot = text.indexOf('.');
        if (dot >= 0 && draft.dateParts().isEmpty()) {
            return dates.readJoined(text);
        }
        boolean isLong = text.length() >= 6 && (draft.dateParts().isEmpty() || !draft.has(Part.TIME));
        return (dot > 2 || isLong)
                ? dates.readRunTogether(text, draft.hasDate())
                : dates.readNumber(text, hasTextMonth);
    }

    /** Once month and day are known, what looks like a date is a time with its offset, or a zone's name. */
    private boolean readDate(Field field) {
        boolean hasMonthAndDay = draft.has(Part.MONTH) && draft.has(Part.DAY);
        if (!expectsTime && !hasMonthAndDay) {
            return dates.readJoined(field.text());
        }
        if (!expectsTime && !field.startsWithDigit()) {
            return readZoneName();
        }
        expectsTime = false;
        int sign = field.text().indexOf('-');
        return !draft.has(Part.TIME)
                && sign >= 0
                && times.readOffset(field.text().substring(sign))
                && dates.readRunTogether(field.text().substring(0, sign), draft.hasDate());
    }

    /** Which names the server knows, and what they mean, is not for us to say. */
    private boolean readZoneName() {
        draft.isUnsure = true;
        return draft.claim(Part.ZONE);
    }

    private boolean readWord(Word word, String text, int index) {
        return switch (word.kind()) {
            case MONTH -> readMonth(word.value());
            case WEEKDAY -> {
                // Australia's abbreviations of zones have a "sat".
                draft.isUnsure |= text.equals("sat");
                yield draft.claim(Part.WEEKDAY);
            }
            case AM, PM -> {
                draft.isAfternoon = word.kind() == Word.Kind.PM;
                yield draft.claim(Part.HALF_OF_DAY);
            }
            case AD, BC -> {
                draft.isBeforeChrist = word.kind() == Word.Kind.BC;
                yield draft.claim(Part.ERA);
            }
            case FILLER -> true;
            case TIME_MARK -> expectTime(index);
            case MIDNIGHT -> draft.readMidnight();
            case UTC -> {
                draft.offsetSeconds = 0;
                yield draft.claim(Part.ZONE);
            }
            case DAYLIGHT -> unsure() && draft.claim(Part.DAYLIGHT);
            case NOW -> today() && draft.claim(Part.TIME, Part.ZONE);
            case DAY_FROM_NOW -> today();
            case JULIAN -> {
                expectsDayCount = true;
                yield !expectsTime;
            }
            // Read before, where they stand alone; with others around only the server knows.
            case EPOCH, INFINITY, UNIT -> unsure();
        };
    }

    private boolean unsure() {
        draft.isUnsure = true;
        return true;
    }

    private boolean readMonth(int month) {
        boolean numberWasDay =
                draft.has(Part.MONTH) && !hasTextMonth && !draft.has(Part.DAY) && draft.month >= 1 && draft.month <= 31;
        if (numberWasDay) {
            draft.day = draft.month;
        }
        hasTextMonth = true;
        draft.month = month;
        return draft.claim(numberWasDay ? Part.DAY : Part.MONTH);
    }

    /** Any day will do: the text is volatile unless something else in it is refused. */
    private boolean today() {
        draft.year = 2000;
        draft.month = 1;
        draft.day = 1;
        return unsure() && draft.claim(Part.YEAR, Part.MONTH, Part.DAY);
    }

    private boolean expectTime(int index) {
        if (!draft.hasDate() || expectsTime || (serverMajor < 16 && !isTimeNext(index))) {
            return false;
        }
        expectsTime = true;
        return true;
    }

    private boolean isTimeNext(int index) {
        if (index + 1 == fields.size()) {
            return false;
        }
        Field.Kind next = fields.get(index + 1).kind();
        return next == Field.Kind.NUMBER || next == Field.Kind.TIME || next == Field.Kind.DATE;
    }
}
