package io.promotionverifier.core.compare.datetime;

import java.util.List;

/**
 * Reads the fields of a time of day, as {@code DecodeTimeOnly} does: a date may come along where it helps to find the
 * offset. Single use, confined to one thread.
 */
final class TimeOnlyReader implements FieldReader {
    private final List<Field> fields;
    private final int serverMajor;
    private final Draft draft = new Draft();
    private final DateReader dates;
    private final TimeReader times;
    private boolean expectsTime;
    private boolean expectsDayCount;

    TimeOnlyReader(List<Field> fields, DateOrder order, int serverMajor) {
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
            case NUMBER -> readNumber(field.text(), index);
            case DATE -> readDate(field, index);
            case TIME -> {
                expectsTime = false;
                yield times.readTime(field.text());
            }
            case OFFSET -> times.readOffset(field.text());
            case WORD ->
                Word.of(field.text()).map(word -> readWord(word, index)).orElseGet(this::readZoneName);
            case SIGNED_WORD -> false;
        };
    }

    private boolean readNumber(String text, int index) {
        if (expectsDayCount) {
            expectsDayCount = false;
            return dates.readDayCount(text);
        }
        int dot = text.indexOf('.');
        if (!expectsTime && dot >= 0 && isFirstOfSeveral(index) && isDate(fields.size() - 1)) {
            return dates.readJoined(text);
        }
        expectsTime = false;
        return dates.readRunTogether(text, true);
    }

    /** A date in front, a time with its offset, or a zone's name. */
    private boolean readDate(Field field, int index) {
        if (isFirstOfSeveral(index)
                && (isDate(fields.size() - 1) || fields.get(1).kind() == Field.Kind.TIME)) {
            return dates.readJoined(field.text());
        }
        if (!field.startsWithDigit()) {
            return readZoneName();
        }
        int sign = field.text().indexOf('-');
        return !draft.has(Part.TIME)
                && sign >= 0
                && times.readOffset(field.text().substring(sign))
                && dates.readRunTogether(field.text().substring(0, sign), true);
    }

    private boolean isFirstOfSeveral(int index) {
        return index == 0 && fields.size() >= 2;
    }

    private boolean isDate(int index) {
        return fields.get(index).kind() == Field.Kind.DATE;
    }

    /** Which names the server knows, and what they mean, is not for us to say. */
    private boolean readZoneName() {
        draft.isUnsure = true;
        return draft.claim(Part.ZONE);
    }

    private boolean readWord(Word word, int index) {
        return switch (word.kind()) {
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
            case JULIAN -> {
                expectsDayCount = true;
                yield !expectsTime;
            }
            case DAYLIGHT -> unsure() && draft.claim(Part.DAYLIGHT);
            case NOW -> unsure() && draft.claim(Part.TIME);
            // Australia's abbreviations of zones have a "sat".
            case WEEKDAY -> "sat".equals(fields.get(index).text()) && readZoneName();
            case UNIT -> unsure();
            case MONTH, DAY_FROM_NOW, EPOCH, INFINITY -> false;
        };
    }

    private boolean unsure() {
        draft.isUnsure = true;
        return true;
    }

    private boolean expectTime(int index) {
        if (serverMajor >= 16) {
            boolean isFirst = !expectsTime;
            expectsTime = true;
            return isFirst;
        }
        expectsTime = index + 1 < fields.size() && fields.get(index + 1).kind() == Field.Kind.NUMBER;
        return expectsTime || (index + 1 < fields.size() && isTime(fields.get(index + 1)));
    }

    private static boolean isTime(Field field) {
        return field.kind() == Field.Kind.TIME || field.kind() == Field.Kind.DATE;
    }
}
