package io.promotionverifier.core.compare.datetime;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * The input function of a date and time type. Immutable and safe for use by many threads.
 *
 * <p>Follows {@code ParseDateTime} and {@code DecodeDateTime} of PostgreSQL, its oddities included. What depends on the
 * session (DateStyle, TimeZone, abbreviations of zones), on the server's zone names or on now is
 * {@link DateTimeResult.Unsure}; so are a few forms that nobody writes ({@code y2024m1d2}, {@code epoch} with company).
 */
public final class DateTimeInput {
    /** 1970-01-01, counted from 2000-01-01. */
    private static final long UNIX_EPOCH_MICROS = -946_684_800_000_000L;

    private final DateTimeType type;
    private final int serverMajor;
    private final Optional<ZoneId> zone;

    /** @param zone the zone of texts without one; absent: such texts are unsure */
    public DateTimeInput(DateTimeType type, int serverMajor, Optional<ZoneId> zone) {
        this.type = type;
        this.serverMajor = serverMajor;
        this.zone = zone;
    }

    /** What the text is as a value of the type. */
    public DateTimeResult read(String text) {
        Optional<DateTimeResult.At> moment = IsoMoment.read(text, type);
        return moment.isPresent() ? moment.get() : parse(text);
    }

    /** The same for a text of any form. */
    DateTimeResult parse(String text) {
        Optional<List<Field>> scanned = FieldScanner.scan(text, type.workSpace());
        if (scanned.isEmpty()) {
            return new DateTimeResult.Refused();
        }
        List<Field> fields = scanned.get();
        if (!type.isTimeOfDay() && fields.stream().anyMatch(this::isSpecial)) {
            return fields.size() == 1 ? special(fields.get(0)) : new DateTimeResult.Unsure();
        }
        boolean hasNumber = !fields.stream().allMatch(field -> field.kind() == Field.Kind.WORD);
        return hasNumber && hasUnit(fields) ? new DateTimeResult.Unsure() : read(fields);
    }

    /** True when a word says what a number is, and is not simply a Julian day's. */
    private static boolean hasUnit(List<Field> fields) {
        for (int i = 0; i < fields.size(); i++) {
            boolean isBeforeNumber = i + 1 < fields.size() && fields.get(i + 1).kind() == Field.Kind.NUMBER;
            if (isWord(fields.get(i), Word.Kind.UNIT) || (isWord(fields.get(i), Word.Kind.JULIAN) && !isBeforeNumber)) {
                return true;
            }
        }
        return false;
    }

    private boolean isSpecial(Field field) {
        return isWord(field, Word.Kind.EPOCH) || isWord(field, Word.Kind.INFINITY) || isSignedInfinity(field);
    }

    private boolean isSignedInfinity(Field field) {
        return field.text().equals("-infinity")
                || (serverMajor >= 16 && field.text().equals("+infinity"));
    }

    private static boolean isWord(Field field, Word.Kind kind) {
        return field.kind() == Field.Kind.WORD
                && Word.of(field.text()).filter(word -> word.kind() == kind).isPresent();
    }

    private DateTimeResult special(Field field) {
        if (!isWord(field, Word.Kind.EPOCH)) {
            return new DateTimeResult.Infinite(!field.text().startsWith("-"));
        }
        return type == DateTimeType.DATE ? new DateTimeResult.Day(0) : new DateTimeResult.At(UNIX_EPOCH_MICROS);
    }

    private DateTimeResult read(List<Field> fields) {
        Attempt first = attempt(fields, DateOrder.YMD);
        boolean isCertain = !first.dependsOnOrder()
                || (attempt(fields, DateOrder.DMY).result().equals(first.result())
                        && attempt(fields, DateOrder.MDY).result().equals(first.result()));
        return isCertain ? first.result() : new DateTimeResult.Unsure();
    }

    private Attempt attempt(List<Field> fields, DateOrder order) {
        FieldReader reader = type.isTimeOfDay()
                ? new TimeOnlyReader(fields, order, serverMajor)
                : new DateTimeReader(fields, order, serverMajor);
        boolean accepted = reader.read();
        Draft draft = reader.draft();
        DateTimeResult result = accepted ? Resolution.of(draft, type, zone) : new DateTimeResult.Refused();
        return new Attempt(result, draft.dependsOnOrder);
    }

    /** What one date order makes of the fields, and whether another could make something else of them. */
    private record Attempt(DateTimeResult result, boolean dependsOnOrder) {}
}
